package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskState;

/**
 * What is known of a task when it is over.
 *
 * @param cause why it did not pass; null if it passed
 * @param exit how the command ended; null if it never ran or nobody knows
 * @param ownEnd whether the command ended by itself, so that its exit code is its own
 */
record Ending(Cause cause, Exit exit, boolean ownEnd) {

    static Ending without(Cause cause) {
        return new Ending(cause, null, false);
    }

    Integer exitCode() {
        return exit == null || !ownEnd ? null : exit.code();
    }

    /** What a run has gathered on its way, for the result. */
    record Gathered(String runtime, String runtimeReason, String containerId, String imageDigest, Enforced enforced) {
        static final Gathered NOTHING = new Gathered(null, null, null, null, null);

        /** What an earlier life of the runner has gathered. */
        static Gathered of(TaskState state) {
            if (state instanceof TaskState.Preparing preparing) {
                return chosen(preparing.prepared());
            }
            if (state instanceof TaskState.Running running) {
                return started(running.prepared(), running.started());
            }
            if (state instanceof TaskState.Collecting collecting) {
                return started(collecting.prepared(), collecting.started());
            }
            return NOTHING;
        }

        private static Gathered chosen(TaskEvent.Preparing prepared) {
            return NOTHING.chosen(prepared.runtime(), prepared.runtimeReason());
        }

        private static Gathered started(TaskEvent.Preparing prepared, TaskEvent.Started started) {
            return chosen(prepared)
                    .container(started.containerId())
                    .image(started.imageDigest())
                    .enforced(started.enforced());
        }

        Gathered chosen(String name, String reason) {
            return new Gathered(name, reason, null, null, null);
        }

        Gathered image(String digest) {
            return new Gathered(runtime, runtimeReason, containerId, digest, enforced);
        }

        Gathered container(String id) {
            return new Gathered(runtime, runtimeReason, id, imageDigest, enforced);
        }

        Gathered enforced(Enforced receipt) {
            return new Gathered(runtime, runtimeReason, containerId, imageDigest, receipt);
        }
    }
}
