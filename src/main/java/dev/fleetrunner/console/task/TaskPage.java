package dev.fleetrunner.console.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.console.artifacts.ArtifactTree;
import dev.fleetrunner.console.log.LogView;
import dev.fleetrunner.console.log.LogWish;
import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.console.plot.UsagePlot;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.json.SpecWriter;
import dev.fleetrunner.pipeline.Story;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** One task: how it stands and why, what it left, its log, its spec; its cancelling, which asks once more; its rerun. */
@Path("/tasks/{id}")
@Produces(MediaType.TEXT_HTML)
public class TaskPage {
    private final Tasks tasks;
    private final WhoAsks who;
    private final ObjectMapper json;
    private final SpecWriter writer = new SpecWriter();

    TaskPage(Tasks tasks, WhoAsks who, ObjectMapper json) {
        this.tasks = tasks;
        this.who = who;
        this.json = json;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance task(
                TaskDetails task,
                Tests tests,
                Timeline timeline,
                ArtifactTree artifacts,
                UsagePlot usage,
                String spec,
                Receipt receipt,
                LogView log);

        static native TemplateInstance cancel(TaskDetails task);
    }

    /** The task. */
    @GET
    public Uni<RestResponse<String>> task(@RestPath String id, @BeanParam LogWish wish) {
        Caller caller = who.caller();
        return Page.of(tasks.story(caller, id).chain(story -> Uni.combine()
                .all()
                .unis(tasks.artifacts(caller, id), LogView.of(tasks, caller, id, wish))
                .with((files, log) -> page(story, ArtifactTree.of(id, files), log))));
    }

    private TemplateInstance page(Story story, ArtifactTree artifacts, LogView log) {
        Instant now = Instant.now();
        TaskDetails details = TaskDetails.of(story, now);
        TaskSpec spec = story.submitted().spec();
        return Templates.task(
                details,
                Tests.of(story.result().orElse(null)),
                Timeline.of(story, now),
                artifacts,
                UsagePlot.of(story.usage(), spec.resources()),
                pretty(spec),
                Receipt.of(spec, story.enforced().orElse(null)),
                log);
    }

    /** Asks whether to cancel. */
    @GET
    @Path("/cancel")
    public Uni<RestResponse<String>> confirm(@RestPath String id) {
        return Page.of(
                tasks.story(who.caller(), id).map(story -> Templates.cancel(TaskDetails.of(story, Instant.now()))));
    }

    /** Cancels, and shows what comes of it. */
    @POST
    @Path("/cancel")
    public Uni<RestResponse<String>> cancel(@RestPath String id) {
        return Page.after(tasks.cancel(who.caller(), id), "/tasks/" + id);
    }

    /** Takes the same spec again, and shows the new task. */
    @POST
    @Path("/rerun")
    public Uni<RestResponse<String>> rerun(@RestPath String id) {
        return tasks.rerun(who.caller(), id)
                .map(accepted ->
                        Page.redirect("/tasks/" + accepted.task().row().id()).build())
                .onFailure()
                .recoverWithUni(Page::failed);
    }

    private String pretty(TaskSpec spec) {
        try {
            JsonNode tree = json.readTree(writer.write(spec));
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
