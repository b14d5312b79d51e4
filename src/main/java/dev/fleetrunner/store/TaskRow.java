package dev.fleetrunner.store;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskState;
import java.time.Instant;
import java.util.Map;

/**
 * What the index knows of a task: enough to list it, not to run it. Fields of the caller's context, runtime, times and
 * cause are null as long as they are not known.
 */
public record TaskRow(
        String id,
        String owner,
        TaskStatus status,
        Phase phase,
        String image,
        String runtime,
        String caseId,
        String taskId,
        String role,
        Map<String, String> labels,
        int priority,
        Instant queuedAt,
        Instant startedAt,
        Instant finishedAt,
        CauseCode cause,
        Integer exitCode) {
    public TaskRow {
        labels = Map.copyOf(labels);
    }

    /** The row of a task in a state. */
    public static TaskRow of(String id, TaskState state) {
        TaskEvent.Submitted submitted = state.submitted();
        var spec = submitted.spec();
        String runtime = null;
        Instant startedAt = null;
        Instant finishedAt = null;
        CauseCode cause = null;
        Integer exitCode = null;
        if (state instanceof TaskState.Preparing preparing) {
            runtime = preparing.prepared().runtime();
        } else if (state instanceof TaskState.Running running) {
            runtime = running.prepared().runtime();
            startedAt = running.started().at();
        } else if (state instanceof TaskState.Collecting collecting) {
            runtime = collecting.prepared().runtime();
            startedAt = collecting.started().at();
            exitCode = collecting.exitCode();
        } else if (state instanceof TaskState.Done done) {
            var result = done.result();
            runtime = result.metadata().runtime();
            startedAt = result.metadata().startedAt();
            finishedAt = result.metadata().finishedAt();
            cause = result.cause() == null ? null : result.cause().code();
            exitCode = result.exitCode();
        }
        return new TaskRow(
                id,
                submitted.owner(),
                state.status(),
                state.phase(),
                spec.image(),
                runtime,
                spec.context().caseId(),
                spec.context().taskId(),
                spec.context().role(),
                spec.labels(),
                spec.priority(),
                submitted.at(),
                startedAt,
                finishedAt,
                cause,
                exitCode);
    }
}
