package dev.fleetrunner.console.artifacts;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.files.Shown;
import dev.fleetrunner.pipeline.OpenArtifact;
import dev.fleetrunner.pipeline.ReportReading;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.web.Address;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** A look into one file that a task left behind: text, JSON, an image, a report as a table; markup only as text. */
@Path("/tasks/{id}/files")
@Produces(MediaType.TEXT_HTML)
public class ArtifactPage {
    private final Tasks tasks;
    private final ReportReading reports;
    private final WhoAsks who;

    ArtifactPage(Tasks tasks, ReportReading reports, WhoAsks who) {
        this.tasks = tasks;
        this.reports = reports;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance file(File file, Look look, ReportView report);
    }

    /** The file and where it is to be had. */
    record File(String taskId, String shortId, String name, String href, String size, String sha256) {
        static File of(String taskId, ArtifactFile file) {
            return new File(
                    taskId,
                    Words.shortId(taskId),
                    Shown.of(file.path()),
                    Address.ofArtifact(taskId, file.path()),
                    Words.bytes(file.size()),
                    file.sha256());
        }
    }

    /** The look. */
    @GET
    @Path("/{path:.+}")
    public Uni<RestResponse<String>> look(@RestPath String id, @RestPath String path) {
        return Page.of(tasks.artifact(who.caller(), id, path).chain(open -> Uni.combine()
                .all()
                .unis(lookInto(open), report(open))
                .with((look, report) -> Templates.file(File.of(id, open.file()), look, report))));
    }

    private static Uni<Look> lookInto(OpenArtifact open) {
        ArtifactFile file = open.file();
        if (Look.isImage(file.path())) {
            return Uni.createFrom().item(Look.picture());
        }
        if (file.size() == 0) {
            return Uni.createFrom().item(Look.of(file.path(), new byte[0], 0));
        }
        return open.read(0, Math.min(file.size(), Look.MOST))
                .collect()
                .in(Buffer::buffer, Buffer::appendBuffer)
                .map(bytes -> Look.of(file.path(), bytes.getBytes(), file.size()));
    }

    /** Null for what is no report. */
    private Uni<ReportView> report(OpenArtifact open) {
        return Look.isImage(open.file().path())
                ? Uni.createFrom().nullItem()
                : reports.table(open).map(ReportView::of);
    }
}
