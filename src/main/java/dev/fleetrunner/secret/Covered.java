package dev.fleetrunner.secret;

import java.util.Arrays;

/** The first bytes of an array, some of them overwritten with asterisks; line breaks stay. Copied when there is need only. */
final class Covered {
    private final byte[] original;
    private byte[] bytes;
    private int end;

    Covered(byte[] original, int length) {
        this.original = original;
        this.bytes = length == original.length ? original : Arrays.copyOf(original, length);
    }

    /** What lies behind the bytes counts for {@link #end} alone. */
    void cover(int from, int to) {
        int stop = Math.min(to, bytes.length);
        if (from < stop && bytes == original) {
            bytes = original.clone();
        }
        for (int i = from; i < stop; i++) {
            if (bytes[i] != '\n' && bytes[i] != '\r') {
                bytes[i] = '*';
            }
        }
        end = Math.max(end, to);
    }

    /** The very array if nothing was overwritten or left out. */
    byte[] bytes() {
        return bytes;
    }

    /** Behind the last place that was to be overwritten; 0 if none was. */
    int end() {
        return end;
    }
}
