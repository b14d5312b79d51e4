package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Takes init's words out of one stream. Only bytes that may be the beginning of such words are held back, so no line of
 * the command waits.
 */
final class InitWordsFilter {
    private static final int LONGEST_WORDS = 1024;
    private static final byte[] NOTHING = {};

    private final LogStream stream;
    private final byte[] first;
    private final byte[] marker;
    private boolean begun;
    private byte[] held = NOTHING;
    private Instant heldSince;

    InitWordsFilter(LogStream stream, String nonce) {
        this.stream = stream;
        this.first = InitReport.firstWords(nonce);
        this.marker = InitReport.marker(nonce);
    }

    /** What of the chunk, which is of this stream, is the command's own, or nothing. */
    List<LogChunk> filter(LogChunk chunk) {
        byte[] bytes = held.length == 0 ? chunk.bytes() : join(held, chunk.bytes());
        heldSince = chunk.at();
        int from = begun ? 0 : afterFirstWords(bytes);
        if (from < 0) {
            held = bytes;
            return List.of();
        }
        int start = findStart(bytes, from);
        // Words never grow this long: what began like some was the command's own.
        if (start >= 0 && bytes.length - start > LONGEST_WORDS) {
            start = -1;
        }
        held = start < 0 ? NOTHING : Arrays.copyOfRange(bytes, start, bytes.length);
        int to = start < 0 ? bytes.length : start;
        return from == to ? List.of() : List.of(new LogChunk(stream, Arrays.copyOfRange(bytes, from, to), chunk.at()));
    }

    /** Where the command's own output begins; -1 if more must come to know. */
    private int afterFirstWords(byte[] bytes) {
        int length = Math.min(first.length, bytes.length);
        if (!Arrays.equals(bytes, 0, length, first, 0, length)) {
            begun = true;
            return 0;
        }
        begun = length == first.length;
        return begun ? length : -1;
    }

    /** What the last words say, or null if they have not come. */
    String lastWords() {
        boolean complete = begun && held.length > marker.length && held[held.length - 1] == '\n';
        return complete
                ? new String(held, marker.length, held.length - marker.length, StandardCharsets.US_ASCII)
                : null;
    }

    List<LogChunk> rest() {
        return held.length == 0 || lastWords() != null ? List.of() : List.of(new LogChunk(stream, held, heldSince));
    }

    private int findStart(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == InitReport.START) {
                int length = Math.min(marker.length, bytes.length - at);
                if (Arrays.equals(bytes, at, at + length, marker, 0, length)) {
                    return at;
                }
            }
        }
        return -1;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
