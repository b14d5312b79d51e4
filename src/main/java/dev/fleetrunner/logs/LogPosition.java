package dev.fleetrunner.logs;

/**
 * A border between two records of a log.
 *
 * @param records how many records lie before it
 * @param fileBytes its offset in the log file
 * @param stdoutBytes bytes of standard output before it, newlines included
 * @param stderrBytes bytes of standard error before it, newlines included
 */
record LogPosition(long records, long fileBytes, long stdoutBytes, long stderrBytes) {
    static final LogPosition START = new LogPosition(0, 0, 0, 0);

    /** Bytes of a stream before it; of both if {@code stream} is null. */
    long plainBytes(LogStream stream) {
        if (stream == null) {
            return stdoutBytes + stderrBytes;
        }
        return switch (stream) {
            case STDOUT -> stdoutBytes;
            case STDERR -> stderrBytes;
            case RUNNER -> 0;
        };
    }

    LogCursor cursor() {
        return new LogCursor(stdoutBytes, stderrBytes);
    }
}
