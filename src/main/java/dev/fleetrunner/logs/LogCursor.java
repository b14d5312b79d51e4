package dev.fleetrunner.logs;

/**
 * How much of a container's output is durably written here, in raw bytes per stream; a takeover resumes behind it.
 */
public record LogCursor(long stdoutBytes, long stderrBytes) {
    public static final LogCursor START = new LogCursor(0, 0);
}
