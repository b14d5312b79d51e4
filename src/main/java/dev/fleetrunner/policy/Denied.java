package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;

/** A request that may not be; the cause names the rule. */
public final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Cause cause;
    private final String rule;

    private Denied(Cause cause, String rule) {
        super(cause.message());
        this.cause = cause;
        this.rule = rule;
    }

    /** Nobody forbids it, and yet it cannot be. */
    static Denied invalid(String message) {
        return new Denied(CauseCode.MOUNT_INVALID.because(message), null);
    }

    /** By a rule of the policy; null for one that nobody knows. */
    static Denied by(String rule, String message) {
        return new Denied(CauseCode.POLICY_DENIED.because(message), rule);
    }

    /** {@code POLICY_DENIED} or {@code MOUNT_INVALID}, with the facts. */
    public Cause reason() {
        return cause;
    }

    /** The rule that denies it; null if none does, or nobody knows which. */
    public String rule() {
        return rule;
    }
}
