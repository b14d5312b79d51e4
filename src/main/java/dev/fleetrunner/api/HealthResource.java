package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.security.WhoAsks;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the service is, in the words of the prototype and some more. */
@Path("/api/v1/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
public class HealthResource {
    private final Tasks tasks;
    private final Runtimes runtimes;
    private final DiskBrake brake;
    private final WhoAsks who;

    HealthResource(Tasks tasks, Runtimes runtimes, DiskBrake brake, WhoAsks who) {
        this.tasks = tasks;
        this.runtimes = runtimes;
        this.brake = brake;
        this.who = who;
    }

    /**
     * The answer; names are the prototype's.
     *
     * @param status healthy, or degraded if no runtime answers or new work is refused for want of disk space
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
            List<RuntimeBody> runtimes,
            StorageBody storage) {}

    /**
     * The disk under the data directory.
     *
     * @param freeBytes null if that cannot be found out
     * @param minFreeBytes with less, new work is refused; 0 for never
     */
    public record StorageBody(
            boolean refusing,
            @JsonProperty("free_bytes") Long freeBytes,
            @JsonProperty("min_free_bytes") long minFreeBytes) {

        static StorageBody of(DiskBrake brake) {
            OptionalLong free = brake.freeBytes();
            return new StorageBody(brake.holds(), free.isPresent() ? free.getAsLong() : null, brake.minFreeBytes());
        }
    }

    /** A runtime: version, endpoint and walls if it is up, the reason if it is not. */
    public record RuntimeBody(
            String name, boolean up, String version, String endpoint, Set<String> isolations, String reason) {

        static RuntimeBody of(String name, RuntimeStatus status) {
            return status instanceof RuntimeStatus.Up up
                    ? new RuntimeBody(name, true, up.version(), up.endpoint(), new TreeSet<>(up.isolations()), null)
                    : new RuntimeBody(name, false, null, null, null, ((RuntimeStatus.Down) status).reason());
        }
    }

    @GET
    @Operation(summary = "How the service is", description = "Counts are of the tasks that the caller sees.")
    public Uni<Health> health() {
        return tasks.counts(who.caller()).map(this::health);
    }

    private Health health(Map<TaskStatus, Long> counts) {
        List<RuntimeBody> bodies = new ArrayList<>();
        runtimes.statuses().forEach((name, status) -> bodies.add(RuntimeBody.of(name, status)));
        String chosen = bodies.stream()
                .filter(RuntimeBody::up)
                .map(RuntimeBody::name)
                .findFirst()
                .orElse(null);
        StorageBody storage = StorageBody.of(brake);
        return new Health(
                chosen == null || storage.refusing() ? "degraded" : "healthy",
                chosen,
                "engine",
                counts.getOrDefault(TaskStatus.RUNNING, 0L),
                counts.getOrDefault(TaskStatus.PENDING, 0L),
                counts.values().stream().mapToLong(Long::longValue).sum(),
                bodies,
                storage);
    }
}
