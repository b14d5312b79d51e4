package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.Captured;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.pipeline.run.Ending.Gathered;
import dev.fleetrunner.runtime.DeniedHosts;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts a result together from what a run has gathered. */
final class Results {
    private final Clock clock;

    Results(Clock clock) {
        this.clock = clock;
    }

    /**
     * The result of a task that is not run (any more) here.
     *
     * @param log what there is of its log; null if it has none
     */
    TaskResult withoutRun(ActiveTask task, Cause cause, LogInfo log) {
        return of(
                task,
                Ending.without(cause),
                Gathered.of(task.state()),
                log,
                List.of(),
                Brought.nothing(clock.now()),
                DeniedHosts.NONE);
    }

    /**
     * The result of a task.
     *
     * @param log what there is of its log; null if it has none
     * @param notes what the run has to say besides
     * @param brought what it left behind
     * @param denied what it tried to reach and may not
     */
    TaskResult of(
            ActiveTask task,
            Ending ending,
            Gathered gathered,
            LogInfo log,
            List<String> notes,
            Brought brought,
            DeniedHosts denied) {
        TaskStatus status = ending.cause() == null
                ? TaskStatus.PASSED
                : ending.cause().code().status();
        List<String> all = new ArrayList<>(Verdict.notes(ending));
        all.addAll(notes);
        all.addAll(brought.notes());
        all.addAll(denied.notes());
        return new TaskResult(
                task.id(),
                status,
                Phase.DONE,
                exitCode(ending, task.state()),
                ending.cause(),
                brought.tests(),
                brought.coverage(),
                captured(log, brought),
                all,
                denied.hosts(),
                metadata(task.state(), ending.exit(), gathered, brought.since()));
    }

    /** A code that was written down before the runner was restarted is still the command's own. */
    private static Integer exitCode(Ending ending, TaskState state) {
        return state instanceof TaskState.Collecting collecting ? collecting.exitCode() : ending.exitCode();
    }

    private static Captured captured(LogInfo log, Brought brought) {
        return log == null
                ? new Captured(null, 0, false, brought.artifacts())
                : new Captured(
                        log.file().toUri().toString(),
                        log.keptBytes() + log.droppedBytes(),
                        log.truncated(),
                        brought.artifacts());
    }

    private Metadata metadata(TaskState state, Exit exit, Gathered gathered, Instant endedBy) {
        TaskEvent.Submitted submitted = state.submitted();
        Context context = submitted.spec().context();
        Instant finishedAt = clock.now();
        Instant startedAt = exit == null ? startedAt(state) : clock.at(exit.startedAt());
        return new Metadata(
                gathered.runtime(),
                gathered.runtimeReason(),
                gathered.containerId(),
                gathered.imageDigest(),
                submitted.at(),
                startedAt,
                finishedAt,
                startedAt == null ? 0 : seconds(startedAt, exit == null ? endedAt(state, endedBy) : exit.finishedAt()),
                exit == null ? null : exit.cpuSeconds(),
                exit == null ? null : exit.peakMemoryBytes(),
                gathered.enforced(),
                submitted.owner(),
                context.caseId(),
                context.taskId());
    }

    private static Instant startedAt(TaskState state) {
        if (state instanceof TaskState.Running running) {
            return running.started().at();
        }
        return state instanceof TaskState.Collecting collecting
                ? collecting.started().at()
                : null;
    }

    private static Instant endedAt(TaskState state, Instant endedBy) {
        return state instanceof TaskState.Collecting collecting ? collecting.since() : endedBy;
    }

    /** Two clocks may disagree; a command's time is never less than nothing. */
    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis()) / 1e3;
    }
}
