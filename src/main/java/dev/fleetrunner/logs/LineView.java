package dev.fleetrunner.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A look at one line of a log file without making objects of it; used again for every line. It reads exactly what
 * {@link RecordEncoder} writes. Not thread-safe.
 */
final class LineView {
    private static final byte[] SEQ = ascii("{\"seq\":");
    private static final byte[] TS = ascii(",\"ts\":\"");
    private static final byte[] STREAM = ascii("\",\"stream\":\"");
    private static final byte[] TEXT = ascii("\",\"text\":\"");
    private static final byte[] BASE64 = ascii("\",\"b64\":\"");
    private static final byte[] GAP = ascii("\",\"gap\":{\"bytes\":");
    private static final byte[] REASON = ascii(",\"reason\":\"");
    private static final byte[] WHOLE = ascii("\",\"eol\":true}");
    private static final byte[] PART = ascii("\",\"eol\":false}");
    private static final byte[] GAP_END = ascii("\"},\"eol\":true}");
    private static final int TS_LENGTH = 24;

    private enum Kind {
        TEXT,
        BASE64,
        GAP
    }

    private byte[] line;
    private int at;
    private int end;
    private long seq;
    private LogStream stream;
    private Kind kind;
    private boolean eol;
    private int valueFrom;
    private int valueTo;
    private int tsFrom;
    private byte[] lastTs = new byte[0];
    private Instant lastInstant;

    /** Looks at a line, without its newline. False if it is not a whole record. */
    boolean look(byte[] bytes, int from, int to) {
        line = bytes;
        at = from;
        end = to;
        if (!skip(SEQ)) {
            return false;
        }
        seq = number();
        if (seq < 1 || !skip(TS) || at + TS_LENGTH > end) {
            return false;
        }
        tsFrom = at;
        at += TS_LENGTH;
        return skip(STREAM) && stream() && value();
    }

    private boolean stream() {
        for (LogStream candidate : LogStream.values()) {
            if (skip(candidate.bytes())) {
                stream = candidate;
                return true;
            }
        }
        return false;
    }

    private boolean value() {
        kind = skip(TEXT) ? Kind.TEXT : skip(BASE64) ? Kind.BASE64 : Kind.GAP;
        if (kind == Kind.GAP) {
            eol = true;
            valueTo = end - GAP_END.length;
            valueFrom = at + GAP.length;
            return stream == LogStream.RUNNER && skip(GAP) && endsWith(GAP_END);
        }
        eol = endsWith(WHOLE);
        valueFrom = at;
        valueTo = end - (eol ? WHOLE : PART).length;
        return stream != LogStream.RUNNER && (eol || endsWith(PART)) && valueTo >= valueFrom;
    }

    long seq() {
        return seq;
    }

    LogStream from() {
        return stream;
    }

    boolean isGap() {
        return kind == Kind.GAP;
    }

    /** How many bytes the command wrote for this record; 0 for a gap, -1 if the line is damaged. */
    int plainLength() {
        int length =
                switch (kind) {
                    case GAP -> 0;
                    case TEXT -> Escapes.length(line, valueFrom, valueTo);
                    case BASE64 -> Escapes.base64Length(line, valueFrom, valueTo);
                };
        return length < 0 || kind == Kind.GAP ? length : length + (eol ? 1 : 0);
    }

    /** What the command wrote for this record; empty for a gap. */
    byte[] plain() {
        byte[] value = value(eol ? 1 : 0);
        if (eol && !isGap()) {
            value[value.length - 1] = '\n';
        }
        return value;
    }

    /** The bytes of the record without the newline; empty for a gap. */
    byte[] bytes() {
        return value(0);
    }

    private byte[] value(int room) {
        return switch (kind) {
            case GAP -> new byte[0];
            case TEXT -> Escapes.decode(line, valueFrom, valueTo, room);
            case BASE64 -> {
                byte[] decoded = Escapes.base64(line, valueFrom, valueTo);
                yield room == 0 ? decoded : Arrays.copyOf(decoded, decoded.length + room);
            }
        };
    }

    LogRecord record() {
        return isGap() ? gap() : new LogRecord.Line(seq, instant(), stream, bytes(), eol);
    }

    LogRecord.Gap gap() {
        at = valueFrom;
        boolean unknown = at < end && line[at] == '-';
        if (unknown) {
            at++;
        }
        long bytes = number();
        at += REASON.length;
        String word = new String(line, at, valueTo - at, StandardCharsets.US_ASCII);
        GapReason reason = GapReason.CAP.word().equals(word) ? GapReason.CAP : GapReason.ROTATED;
        return new LogRecord.Gap(seq, instant(), reason, unknown ? -bytes : bytes);
    }

    private Instant instant() {
        if (!Arrays.equals(line, tsFrom, tsFrom + TS_LENGTH, lastTs, 0, lastTs.length)) {
            lastTs = Arrays.copyOfRange(line, tsFrom, tsFrom + TS_LENGTH);
            lastInstant = Instant.parse(new String(lastTs, StandardCharsets.US_ASCII));
        }
        return lastInstant;
    }

    private long number() {
        long value = 0;
        int first = at;
        while (at < end && line[at] >= '0' && line[at] <= '9') {
            value = value * 10 + (line[at++] - '0');
        }
        return at == first ? -1 : value;
    }

    private boolean skip(byte[] word) {
        if (at + word.length > end || !Arrays.equals(line, at, at + word.length, word, 0, word.length)) {
            return false;
        }
        at += word.length;
        return true;
    }

    private boolean endsWith(byte[] word) {
        int start = end - word.length;
        return start >= at && Arrays.equals(line, start, end, word, 0, word.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
