package dev.fleetrunner.contract;

/**
 * Why a task ended as it did, or why a request was refused.
 *
 * @param code from the closed list
 * @param message the facts of this case, with the engine's own words where it had any
 * @param remedy what to do about it
 * @param retryable whether the same task may be tried again unchanged
 */
public record Cause(CauseCode code, String message, String remedy, boolean retryable) {

    /** The same cause with a remedy that fits the case better than the code's own. */
    public Cause withRemedy(String better) {
        return new Cause(code, message, better, retryable);
    }
}
