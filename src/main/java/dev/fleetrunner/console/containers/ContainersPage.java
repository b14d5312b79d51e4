package dev.fleetrunner.console.containers;

import dev.fleetrunner.console.overview.RunningCard;
import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.pipeline.Containers;
import dev.fleetrunner.pipeline.Containers.Orphaned;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.TaskRow;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** What is on the runtimes: the containers of tasks with their usage, and those that no task wants any more. */
@Path("/containers")
@Produces(MediaType.TEXT_HTML)
public class ContainersPage {
    private final Containers containers;
    private final WhoAsks who;

    ContainersPage(Containers containers, WhoAsks who) {
        this.containers = containers;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance containers(List<Line> running, List<OrphanLine> orphans);

        static native TemplateInstance remove(String taskId);
    }

    /**
     * The container of a task.
     *
     * @param runtime where it is; null before one was chosen
     */
    record Line(RunningCard task, String runtime) {
        static Line of(ActiveTask task, Instant now) {
            return new Line(
                    RunningCard.of(task, now),
                    TaskRow.of(task.id(), task.state()).runtime());
        }
    }

    /** The list. */
    @GET
    public Uni<RestResponse<String>> list() {
        Caller caller = who.caller();
        Instant now = Instant.now();
        List<Line> running = containers.running(caller).stream()
                .map(task -> Line.of(task, now))
                .toList();
        return Page.of(containers
                .orphaned(caller)
                .map(orphans -> Templates.containers(
                        running,
                        orphans.stream()
                                .map(orphan -> OrphanLine.of(orphan, now))
                                .toList())));
    }

    /** Asks whether to remove what is left over. */
    @GET
    @Path("/{id}/remove")
    public Uni<RestResponse<String>> confirm(@RestPath String id) {
        return Page.of(containers.orphaned(who.caller()).map(orphans -> {
            String found = orphans.stream()
                    .map(Orphaned::taskId)
                    .filter(id::equals)
                    .findFirst()
                    .orElseThrow(() -> Containers.noOrphan(id));
            return Templates.remove(found);
        }));
    }

    /** Removes it, and shows the list. */
    @POST
    @Path("/{id}/remove")
    public Uni<RestResponse<String>> remove(@RestPath String id) {
        return Page.after(containers.remove(who.caller(), id), "/containers");
    }
}
