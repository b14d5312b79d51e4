package dev.fleetrunner.runtime;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;

/** A runtime could not do its part; the cause is what the task's result will say. */
public final class RuntimeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Cause cause;

    public RuntimeFailure(Cause cause) {
        super(cause.code() + ": " + cause.message());
        this.cause = cause;
    }

    public RuntimeFailure(CauseCode code, String message) {
        this(code.because(message));
    }

    public RuntimeFailure(CauseCode code, String message, Throwable origin) {
        super(code + ": " + message, origin);
        this.cause = code.because(message);
    }

    /** From the closed list, with the engine's own words. */
    public Cause reason() {
        return cause;
    }
}
