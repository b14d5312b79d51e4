package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fleetrunner.pipeline.HealthReading;
import dev.fleetrunner.pipeline.ServiceHealth;
import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.security.WhoAsks;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the service is, in the words of the prototype and some more. */
@Path("/api/v1/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
public class HealthResource {
    private final HealthReading health;
    private final WhoAsks who;
    private final String version;

    HealthResource(
            HealthReading health, WhoAsks who, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.health = health;
        this.who = who;
        this.version = version;
    }

    /**
     * The answer; names are the prototype's.
     *
     * @param status healthy, or degraded if no runtime answers or new work is refused for want of disk space
     * @param runtime the runtime that {@code auto} chooses now; null if none answers
     * @param registry always {@code engine}: images come from where the engine is configured to look
     * @param version of the service
     */
    public record Health(
            String status,
            String runtime,
            String registry,
            String version,
            @JsonProperty("active_tasks") long activeTasks,
            @JsonProperty("queued_tasks") long queuedTasks,
            @JsonProperty("total_tasks") long totalTasks,
            List<RuntimeBody> runtimes,
            StorageBody storage) {

        static Health of(ServiceHealth health, String version) {
            return new Health(
                    health.healthy() ? "healthy" : "degraded",
                    health.chosen(),
                    "engine",
                    version,
                    health.activeTasks(),
                    health.queuedTasks(),
                    health.totalTasks(),
                    health.runtimes().entrySet().stream()
                            .map(runtime -> RuntimeBody.of(runtime.getKey(), runtime.getValue()))
                            .toList(),
                    StorageBody.of(health.storage()));
        }
    }

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

        static StorageBody of(ServiceHealth.Storage storage) {
            return new StorageBody(storage.refusing(), storage.freeBytes(), storage.minFreeBytes());
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
        return health.get(who.caller()).map(now -> Health.of(now, version));
    }
}
