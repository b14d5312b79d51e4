package dev.fleetrunner.logs;

import java.nio.file.Path;

/**
 * What there is to say about a log. One that nobody has begun has no records and is not sealed.
 *
 * @param file where the records are or will be, one JSON object a line
 * @param records how many there are, gap records included
 * @param stdoutBytes bytes of standard output that were kept, newlines included
 * @param stderrBytes bytes of standard error that were kept, newlines included
 * @param droppedBytes bytes of both that came after the cap was reached
 * @param truncated whether any output is missing, for whatever reason
 * @param sealed whether it is complete: no more will come
 */
public record LogInfo(
        Path file,
        long records,
        long stdoutBytes,
        long stderrBytes,
        long droppedBytes,
        boolean truncated,
        boolean sealed) {

    /** Bytes of both streams that were kept: the size of the plain text. */
    public long keptBytes() {
        return stdoutBytes + stderrBytes;
    }

    static LogInfo of(LogFile file, LogState state) {
        LogPosition end = state.end();
        return new LogInfo(
                file.path(),
                end.records(),
                end.stdoutBytes(),
                end.stderrBytes(),
                state.droppedBytes(),
                state.truncated(),
                state.sealed());
    }
}
