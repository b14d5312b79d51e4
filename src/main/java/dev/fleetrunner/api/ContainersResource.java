package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.runtime.Usage;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.TaskRow;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What runs right now. */
@Path("/api/v1/containers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
public class ContainersResource {
    private final Tasks tasks;
    private final WhoAsks who;

    ContainersResource(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
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

    /** The containers of this runner. */
    public record Containers(List<Container> containers) {}

    @GET
    @Operation(summary = "What runs now, with live usage")
    public Containers list() {
        return new Containers(
                tasks.running(who.caller()).stream().map(Container::of).toList());
    }
}
