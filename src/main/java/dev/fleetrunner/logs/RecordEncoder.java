package dev.fleetrunner.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes records as lines of JSON into a buffer, byte by byte: a short line takes no object and no string of its own.
 * When the buffer is full it is handed to the output. Not thread-safe.
 */
final class RecordEncoder implements RecordSink {
    private static final int FIRST_SIZE = 16 * 1024;
    private static final int FULL = 512 * 1024;
    /** The longest escape of one byte is six characters long. */
    private static final int GROWTH = 6;
    /** More than all of a line but its text. */
    private static final int FRAME = 160;

    private static final byte[] HEAD = ascii("{\"seq\":");
    private static final byte[] TEXT = ascii("\",\"text\":\"");
    private static final byte[] BASE64 = ascii("\",\"b64\":\"");
    private static final byte[] WHOLE = ascii("\",\"eol\":true}\n");
    private static final byte[] PART = ascii("\",\"eol\":false}\n");

    private final Output output;
    private final SparseIndex index;
    private final Counter seq;
    private final Stamp stamp = new Stamp();
    private long flushed;
    private long stdoutBytes;
    private long stderrBytes;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int size;

    /** Takes whole lines of JSON; the bytes are lent for the time of the call. */
    @FunctionalInterface
    interface Output {
        /**
         * @param end the position behind them
         */
        void write(byte[] lines, int length, LogPosition end);
    }

    RecordEncoder(LogPosition start, SparseIndex index, Output output) {
        this.output = output;
        this.index = index;
        seq = new Counter(start.records());
        flushed = start.fileBytes();
        stdoutBytes = start.stdoutBytes();
        stderrBytes = start.stderrBytes();
    }

    /** One record as JSON, without a newline. */
    static byte[] encode(LogRecord value) {
        byte[][] line = new byte[1][];
        LogPosition before = new LogPosition(value.seq() - 1, 0, 0, 0);
        RecordEncoder encoder = new RecordEncoder(
                before, new SparseIndex(), (lines, length, end) -> line[0] = Arrays.copyOf(lines, length - 1));
        if (value instanceof LogRecord.Line text) {
            encoder.line(text.stream(), text.at(), text.bytes(), 0, text.bytes().length, text.eol());
        } else if (value instanceof LogRecord.Gap gap) {
            encoder.gap(gap.reason(), gap.bytes(), gap.at());
        }
        encoder.flush();
        return line[0];
    }

    @Override
    public void line(LogStream stream, Instant at, byte[] bytes, int from, int length, boolean eol) {
        begin(length);
        put(stamp.middle(stream, at));
        int start = size;
        put(TEXT);
        int to = from + length;
        int next = copyPlain(bytes, from, to);
        if (next < to) {
            if (Utf8.valid(bytes, next, to)) {
                escape(bytes, next, to);
            } else {
                size = start;
                put(BASE64);
                put(Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, to)));
            }
        }
        put(eol ? WHOLE : PART);
        int plain = length + (eol ? 1 : 0);
        if (stream == LogStream.STDERR) {
            stderrBytes += plain;
        } else {
            stdoutBytes += plain;
        }
    }

    /** Writes a gap record. */
    void gap(GapReason reason, long bytes, Instant at) {
        begin(0);
        put(stamp.middle(LogStream.RUNNER, at));
        put(ascii("\",\"gap\":{\"bytes\":" + bytes + ",\"reason\":\"" + reason.word() + "\"},\"eol\":true}\n"));
    }

    /** Hands what is in the buffer to the output. */
    void flush() {
        if (size > 0) {
            output.write(buffer, size, position());
            flushed += size;
            size = 0;
        }
    }

    private LogPosition position() {
        return new LogPosition(seq.value(), flushed + size, stdoutBytes, stderrBytes);
    }

    private void begin(int length) {
        int needed = length * GROWTH + FRAME;
        if (size + needed > buffer.length) {
            makeRoom(needed);
        }
        if (index.wants(flushed + size)) {
            index.add(position());
        }
        put(HEAD);
        size = seq.next(buffer, size);
    }

    private void makeRoom(int needed) {
        if (size + needed > FULL) {
            flush();
        }
        if (size + needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(FULL, Math.max(size + needed, buffer.length * 2)));
        }
    }

    /** Copies until the first byte that is not plain ASCII or must be escaped; returns where that is. */
    private int copyPlain(byte[] bytes, int from, int to) {
        byte[] target = buffer;
        int at = size;
        int i = from;
        while (i < to) {
            byte value = bytes[i];
            if (value < ' ' || value == '"' || value == '\\') {
                break;
            }
            target[at++] = value;
            i++;
        }
        size = at;
        return i;
    }

    private void escape(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte value = bytes[i];
            if (value == '"' || value == '\\') {
                buffer[size++] = '\\';
                buffer[size++] = value;
            } else if (value >= 0 && value < ' ') {
                control(value);
            } else {
                buffer[size++] = value;
            }
        }
    }

    private void control(byte value) {
        buffer[size++] = '\\';
        switch (value) {
            case '\t' -> buffer[size++] = 't';
            case '\r' -> buffer[size++] = 'r';
            case '\b' -> buffer[size++] = 'b';
            case '\f' -> buffer[size++] = 'f';
            case '\n' -> buffer[size++] = 'n';
            default -> put(ascii(String.format("u%04x", value)));
        }
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
