package dev.fleetrunner.task;

import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskStatus;
import java.time.Instant;

/**
 * Where a task stands; each state holds only what is true in it. {@link TaskLife} owns the transitions.
 */
public sealed interface TaskState {

    /** What was submitted; it never changes. */
    TaskEvent.Submitted submitted();

    /** The word for it in the contract. */
    Phase phase();

    /** The status that callers see. */
    default TaskStatus status() {
        return phase() == Phase.QUEUED ? TaskStatus.PENDING : TaskStatus.RUNNING;
    }

    /** Who asked for its end, or null. */
    default String cancelRequestedBy() {
        return null;
    }

    /** Accepted, waiting for its turn. */
    record Queued(TaskEvent.Submitted submitted, String cancelRequestedBy) implements TaskState {
        @Override
        public Phase phase() {
            return Phase.QUEUED;
        }
    }

    /** Being made ready on the chosen runtime. */
    record Preparing(TaskEvent.Submitted submitted, TaskEvent.Preparing prepared, String cancelRequestedBy)
            implements TaskState {
        @Override
        public Phase phase() {
            return Phase.PREPARING;
        }
    }

    /** The command runs. */
    record Running(
            TaskEvent.Submitted submitted,
            TaskEvent.Preparing prepared,
            TaskEvent.Started started,
            String cancelRequestedBy)
            implements TaskState {
        @Override
        public Phase phase() {
            return Phase.RUNNING;
        }
    }

    /** The command has ended; what it left is being brought in. */
    record Collecting(
            TaskEvent.Submitted submitted,
            TaskEvent.Preparing prepared,
            TaskEvent.Started started,
            Instant since,
            Integer exitCode,
            String cancelRequestedBy)
            implements TaskState {
        @Override
        public Phase phase() {
            return Phase.COLLECTING;
        }
    }

    /** Over. */
    record Done(TaskEvent.Submitted submitted, TaskResult result) implements TaskState {
        @Override
        public Phase phase() {
            return Phase.DONE;
        }

        @Override
        public TaskStatus status() {
            return result.status();
        }
    }
}
