package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.runtime.Runtimes;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the service is, in the words of the prototype and some more. */
@Path("/api/v1/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
public class HealthResource {
    private final Tasks tasks;
    private final Runtimes runtimes;

    HealthResource(Tasks tasks, Runtimes runtimes) {
        this.tasks = tasks;
        this.runtimes = runtimes;
    }

    /**
     * The answer; names are the prototype's.
     *
     * @param status healthy, or degraded if no runtime answers
     * @param runtime the runtime that {@code auto} chooses now; null if none answers
     * @param registry always {@code engine}: images come from where the engine is configured to look
     */
    public record Health(
            String status,
            String runtime,
            String registry,
            @JsonProperty("active_tasks") long activeTasks,
            @JsonProperty("queued_tasks") long queuedTasks,
            @JsonProperty("total_tasks") long totalTasks,
            List<RuntimeBody> runtimes) {}

    /** A runtime: version and endpoint if it is up, the reason if it is not. */
    public record RuntimeBody(String name, boolean up, String version, String endpoint, String reason) {

        static RuntimeBody of(String name, RuntimeStatus status) {
            return status instanceof RuntimeStatus.Up up
                    ? new RuntimeBody(name, true, up.version(), up.endpoint(), null)
                    : new RuntimeBody(name, false, null, null, ((RuntimeStatus.Down) status).reason());
        }
    }

    @GET
    @Operation(summary = "How the service is")
    public Uni<Health> health() {
        return tasks.counts().map(this::health);
    }

    private Health health(Map<TaskStatus, Long> counts) {
        List<RuntimeBody> bodies = new ArrayList<>();
        runtimes.statuses().forEach((name, status) -> bodies.add(RuntimeBody.of(name, status)));
        String chosen = bodies.stream()
                .filter(RuntimeBody::up)
                .map(RuntimeBody::name)
                .findFirst()
                .orElse(null);
        return new Health(
                chosen == null ? "degraded" : "healthy",
                chosen,
                "engine",
                counts.getOrDefault(TaskStatus.RUNNING, 0L),
                counts.getOrDefault(TaskStatus.PENDING, 0L),
                counts.values().stream().mapToLong(Long::longValue).sum(),
                bodies);
    }
}
