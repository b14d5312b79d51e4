package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.policy.Denied;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.task.TaskState;
import java.io.UncheckedIOException;
import org.jboss.logging.Logger;

/** Finds in a failure the cause that the task's result will name. */
final class Causes {
    private static final Logger LOG = Logger.getLogger(Causes.class);

    private Causes() {}

    /** Whether a failure says that there is no container to take over, or that it was never started. */
    static boolean isGone(Throwable failure) {
        return failure instanceof RuntimeFailure known && known.reason().code() == CauseCode.RUNNER_RESTARTED;
    }

    static Cause of(Throwable failure, ActiveTask task) {
        String by = task.state().cancelRequestedBy();
        if (isGone(failure) && by != null && task.state() instanceof TaskState.Preparing) {
            return CauseCode.CANCELLED.because("cancelled by " + by);
        }
        if (isGone(failure)) {
            return CauseCode.RUNNER_RESTARTED.because("the runner was restarted while the task was "
                    + task.state().phase().word() + ", and its container is gone");
        }
        if (failure instanceof RuntimeFailure known) {
            return known.reason();
        }
        if (failure instanceof Denied denied) {
            return denied.reason();
        }
        if (failure instanceof UncheckedIOException disk) {
            return CauseCode.STORAGE_FULL.because(
                    "the log cannot be written: " + disk.getCause().getMessage());
        }
        LOG.errorf(failure, "task %s failed for a reason that is not foreseen", task.id());
        return CauseCode.INTERNAL.because(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
}
