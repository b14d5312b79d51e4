package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.pipeline.Containers;
import dev.fleetrunner.pipeline.Containers.Orphaned;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.TaskRow;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What runs right now, and what is left over. */
@Path("/api/v1/containers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
public class ContainersResource {
    private final Containers containers;
    private final WhoAsks who;

    ContainersResource(Containers containers, WhoAsks who) {
        this.containers = containers;
        this.who = who;
    }

    /** A task with a container, or about to have one; usage is null until it has run for two seconds. */
    public record Container(
            String id,
            Phase phase,
            String image,
            String runtime,
            String owner,
            @JsonProperty("case_id") String caseId,
            Instant startedAt,
            UsageBody usage) {

        static Container of(ActiveTask task) {
            TaskRow row = TaskRow.of(task.id(), task.state());
            return new Container(
                    row.id(),
                    row.phase(),
                    row.image(),
                    row.runtime(),
                    row.owner(),
                    row.caseId(),
                    row.startedAt(),
                    UsageBody.of(task.usage()));
        }
    }

    /** What it uses; cpus is null in the first sample. */
    public record UsageBody(Instant at, double cpuSeconds, Double cpus, long memoryBytes, long pids) {

        static UsageBody of(Usage usage) {
            return usage == null
                    ? null
                    : new UsageBody(usage.at(), usage.cpuSeconds(), usage.cpus(), usage.memoryBytes(), usage.pids());
        }
    }

    /**
     * The containers of this runner.
     *
     * @param orphaned those whose task is over, or was never written down; removed by themselves within minutes
     */
    public record ContainerList(List<Container> containers, List<Orphaned> orphaned) {}

    @GET
    @Operation(summary = "What runs now, with live usage, and what is left over")
    public Uni<ContainerList> list() {
        Caller caller = who.caller();
        List<Container> running =
                containers.running(caller).stream().map(Container::of).toList();
        return containers.orphaned(caller).map(orphaned -> new ContainerList(running, orphaned));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Remove what is left over of a task now", description = "For operators.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "The task has no container that is left over")
    public Uni<Void> remove(@RestPath String id) {
        return containers.remove(who.caller(), id);
    }
}
