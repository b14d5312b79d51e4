package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.Captured;
import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.pipeline.run.Ending.Gathered;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.task.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Puts a result together from what a run has gathered. */
public final class Results {
    private final Clock clock;

    public Results(Clock clock) {
        this.clock = clock;
    }

    /** The result of a task that never had a container. */
    public TaskResult withoutRun(ActiveTask task, dev.fleetrunner.contract.Cause cause) {
        return of(task, Ending.without(cause), Gathered.NOTHING, null);
    }

    /**
     * The result of a task.
     *
     * @param log what there is of its log; null if it has none
     */
    TaskResult of(ActiveTask task, Ending ending, Gathered gathered, LogInfo log) {
        TaskEvent.Submitted submitted = task.state().submitted();
        TaskStatus status = ending.cause() == null
                ? TaskStatus.PASSED
                : ending.cause().code().status();
        return new TaskResult(
                task.id(),
                status,
                Phase.DONE,
                ending.exitCode(),
                ending.cause(),
                null,
                null,
                captured(log),
                Verdict.notes(ending),
                List.of(),
                metadata(submitted, ending.exit(), gathered));
    }

    private static Captured captured(LogInfo log) {
        return log == null
                ? Captured.NOTHING
                : new Captured(
                        log.file().toUri().toString(),
                        log.keptBytes() + log.droppedBytes(),
                        log.truncated(),
                        List.of());
    }

    private Metadata metadata(TaskEvent.Submitted submitted, Exit exit, Gathered gathered) {
        Context context = submitted.spec().context();
        Instant startedAt = exit == null ? null : clock.at(exit.startedAt());
        // Podman may note the start of a command that ends at once after its end.
        double duration = exit == null
                ? 0
                : Math.max(
                                0,
                                Duration.between(exit.startedAt(), exit.finishedAt())
                                        .toMillis())
                        / 1e3;
        return new Metadata(
                gathered.runtime(),
                gathered.runtimeReason(),
                gathered.containerId(),
                gathered.imageDigest(),
                submitted.at(),
                startedAt,
                clock.now(),
                duration,
                exit == null ? null : exit.cpuSeconds(),
                exit == null ? null : exit.peakMemoryBytes(),
                gathered.enforced(),
                submitted.owner(),
                context.caseId(),
                context.taskId());
    }
}
