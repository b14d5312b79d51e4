package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.runtime.Exit;

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
