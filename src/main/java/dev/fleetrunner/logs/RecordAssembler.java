package dev.fleetrunner.logs;

import java.time.Instant;

/**
 * Cuts chunks into records. A whole line becomes a record at once. A part of a line is held back until more of its
 * stream comes, the other stream has something to say, {@link #flush} is called, or it has grown to
 * {@link LogRecord#MAX_BYTES}. A character that is only half there is held back until {@link #end}, so that no border
 * turns text into bytes. Not thread-safe.
 */
final class RecordAssembler {
    private final HeldLine stdout;
    private final HeldLine stderr;

    RecordAssembler(RecordSink sink) {
        stdout = new HeldLine(LogStream.STDOUT, sink);
        stderr = new HeldLine(LogStream.STDERR, sink);
    }

    void accept(LogChunk chunk) {
        accept(chunk, chunk.bytes().length);
    }

    /** Takes only the first {@code length} bytes of a chunk. */
    void accept(LogChunk chunk, int length) {
        HeldLine held = chunk.stream() == LogStream.STDERR ? stderr : stdout;
        HeldLine other = held == stdout ? stderr : stdout;
        if (length > 0) {
            other.flush();
        }
        cut(held, chunk.at(), chunk.bytes(), length);
    }

    private static void cut(HeldLine held, Instant at, byte[] bytes, int to) {
        int from = 0;
        while (from < to) {
            int newline = newline(bytes, from, to);
            if (newline < 0) {
                held.append(at, bytes, from, to);
                return;
            }
            held.finish(at, bytes, from, newline);
            from = newline + 1;
        }
    }

    private static int newline(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /**
     * Names the part of a line that {@link #flush} would release now: the same number as long as it is the same part; 0
     * if there is none.
     */
    long holding() {
        return stdout.flushable() ? stdout.number() : stderr.flushable() ? -stderr.number() : 0;
    }

    /** Releases parts of lines, up to the last whole character. */
    void flush() {
        stdout.flush();
        stderr.flush();
    }

    /** Releases everything: no more will come. */
    void end() {
        stdout.end();
        stderr.end();
    }
}
