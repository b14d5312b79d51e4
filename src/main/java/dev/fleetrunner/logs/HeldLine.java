package dev.fleetrunner.logs;

import java.time.Instant;
import java.util.Arrays;

/** The unfinished line of one stream. */
final class HeldLine {
    private static final int FIRST_SIZE = 256;

    private final LogStream stream;
    private final RecordSink sink;
    private byte[] held = new byte[FIRST_SIZE];
    private int size;
    private Instant since;
    private long number;

    HeldLine(LogStream stream, RecordSink sink) {
        this.stream = stream;
        this.sink = sink;
    }

    /** Counts the parts that were held here so far. */
    long number() {
        return number;
    }

    /** Whether {@link #flush} would release anything. */
    boolean flushable() {
        return size > Utf8.incompleteTail(held, 0, size);
    }

    /** Holds more of the line. */
    void append(Instant at, byte[] bytes, int from, int to) {
        int next = from;
        while (next < to) {
            if (size == LogRecord.MAX_BYTES) {
                flush();
            }
            if (size == 0) {
                number++;
                since = at;
            }
            int count = Math.min(LogRecord.MAX_BYTES - size, to - next);
            makeRoom(count);
            System.arraycopy(bytes, next, held, size, count);
            size += count;
            next += count;
        }
    }

    /** The rest of the line is here, and a newline behind it. */
    void finish(Instant at, byte[] bytes, int from, int to) {
        if (size == 0 && to - from <= LogRecord.MAX_BYTES) {
            sink.line(stream, at, bytes, from, to - from, true);
            return;
        }
        append(at, bytes, from, to);
        sink.line(stream, since, held, 0, size, true);
        size = 0;
    }

    void flush() {
        int tail = Utf8.incompleteTail(held, 0, size);
        if (size > tail) {
            release(size - tail);
        }
    }

    void end() {
        if (size > 0) {
            release(size);
        }
    }

    private void release(int count) {
        sink.line(stream, since, held, 0, count, false);
        System.arraycopy(held, count, held, 0, size - count);
        size -= count;
        number++;
    }

    private void makeRoom(int count) {
        if (size + count > held.length) {
            int wanted = Math.max(size + count, held.length * 2);
            held = Arrays.copyOf(held, Math.min(wanted, LogRecord.MAX_BYTES));
        }
    }
}
