package dev.fleetrunner.app;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.runtime.Runtimes;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means that the store answers. A runtime that is down is told but no reason not to be ready: tasks can be handed
 * in, looked at and waited for all the same. Whoever asks needs no token, so versions and paths are left out.
 */
@Readiness
@Singleton
class StoreReady implements AsyncHealthCheck {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Tasks tasks;
    private final Runtimes runtimes;

    StoreReady(Tasks tasks, Runtimes runtimes) {
        this.tasks = tasks;
        this.runtimes = runtimes;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return tasks.counts(Caller.SERVICE)
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .map(counts -> response(true))
                .onFailure()
                .recoverWithItem(() -> response(false));
    }

    private HealthCheckResponse response(boolean up) {
        var response = HealthCheckResponse.named("store").status(up);
        runtimes.statuses()
                .forEach((name, status) -> response.withData(name, status instanceof RuntimeStatus.Up ? "up" : "down"));
        return response.build();
    }
}
