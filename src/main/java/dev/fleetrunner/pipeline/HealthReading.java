package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.runtime.Runtimes;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The use case of how the service is. */
public final class HealthReading {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private final Tasks tasks;
    private final Runtimes runtimes;
    private final DiskBrake brake;

    public HealthReading(Tasks tasks, Runtimes runtimes, DiskBrake brake) {
        this.tasks = tasks;
        this.runtimes = runtimes;
        this.brake = brake;
    }

    /** How it is now. A service that has just started has first looked for runtimes, unless one keeps it waiting. */
    public Uni<ServiceHealth> get(Caller caller) {
        return runtimes.looked()
                .ifNoItem()
                .after(FIRST_LOOK)
                .recoverWithItem((Void) null)
                .chain(() -> tasks.counts(caller))
                .map(this::health);
    }

    private ServiceHealth health(Map<TaskStatus, Long> counts) {
        Map<String, RuntimeStatus> statuses = new LinkedHashMap<>(runtimes.statuses());
        String chosen = statuses.entrySet().stream()
                .filter(runtime -> runtime.getValue() instanceof RuntimeStatus.Up)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        return new ServiceHealth(
                chosen,
                counts.getOrDefault(TaskStatus.RUNNING, 0L),
                counts.getOrDefault(TaskStatus.PENDING, 0L),
                counts.values().stream().mapToLong(Long::longValue).sum(),
                statuses,
                storage());
    }

    private ServiceHealth.Storage storage() {
        OptionalLong free = brake.freeBytes();
        return new ServiceHealth.Storage(
                brake.holds(), free.isPresent() ? free.getAsLong() : null, brake.minFreeBytes());
    }
}
