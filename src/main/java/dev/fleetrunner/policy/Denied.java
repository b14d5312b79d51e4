package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;

/** A request that may not be; the cause names the rule. */
public final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Cause cause;

    Denied(CauseCode code, String message) {
        super(message);
        this.cause = code.because(message);
    }

    /** {@code POLICY_DENIED} or {@code MOUNT_INVALID}, with the facts. */
    public Cause reason() {
        return cause;
    }
}
