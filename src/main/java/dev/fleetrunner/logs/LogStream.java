package dev.fleetrunner.logs;

/** Where a log record comes from. */
public enum LogStream {
    STDOUT,
    STDERR,
    /** The runner itself: gap records. */
    RUNNER;

    /** The word of the contract, in lower case. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
