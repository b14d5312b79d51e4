package dev.fleetrunner.store;

/** The store could not do its part. Nothing of what was asked has been written; the same may be asked again. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    public StoreUnavailable(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Which kind of trouble it is. */
    public Reason reason() {
        return reason;
    }

    /** The kinds of trouble. */
    public enum Reason {
        /** Too much is waiting already; try again in a moment. */
        OVERLOADED,
        /** No space is left where the store keeps its data. */
        STORAGE_FULL,
        /** The medium or the server behind the store failed; the message has its words. */
        IO,
        /** The store has been closed. */
        CLOSED
    }
}
