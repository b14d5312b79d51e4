package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Takes init's report out of the command's standard error. Only bytes that may be the beginning of the report are held
 * back, so no line of the command waits.
 */
final class InitReportFilter {
    private static final int LONGEST_REPORT = 1024;
    private static final byte[] NOTHING = {};

    private final byte[] marker;
    private byte[] held = NOTHING;
    private Instant heldSince;

    InitReportFilter(String nonce) {
        this.marker = InitReport.marker(nonce);
    }

    /** What of the chunk is the command's own, or nothing. */
    List<LogChunk> filter(LogChunk chunk) {
        if (chunk.stream() != LogStream.STDERR) {
            return List.of(chunk);
        }
        byte[] bytes = held.length == 0 ? chunk.bytes() : join(held, chunk.bytes());
        int start = findStart(bytes);
        // A report never grows this long: what began like one was the command's own.
        if (start >= 0 && bytes.length - start > LONGEST_REPORT) {
            start = -1;
        }
        held = start < 0 ? NOTHING : Arrays.copyOfRange(bytes, start, bytes.length);
        heldSince = chunk.at();
        int own = start < 0 ? bytes.length : start;
        return own == 0
                ? List.of()
                : List.of(new LogChunk(
                        LogStream.STDERR, own == bytes.length ? bytes : Arrays.copyOf(bytes, own), chunk.at()));
    }

    /** At the end of the output: the report, or null if there was none. */
    InitReport report() {
        return complete()
                ? InitReport.parse(
                        new String(held, marker.length, held.length - marker.length, StandardCharsets.US_ASCII))
                : null;
    }

    /** At the end of the output: what was held back and was no report after all. */
    List<LogChunk> rest() {
        return held.length == 0 || complete() ? List.of() : List.of(new LogChunk(LogStream.STDERR, held, heldSince));
    }

    private boolean complete() {
        return held.length > marker.length && held[held.length - 1] == '\n';
    }

    private int findStart(byte[] bytes) {
        for (int at = 0; at < bytes.length; at++) {
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
