package dev.fleetrunner.secret;

import java.util.Arrays;

/**
 * Overwrites secrets in a stream of bytes with as many asterisks; line breaks stay. Bytes that may be the beginning of a
 * secret are held back until it is known. Not thread-safe.
 */
final class StreamMask {
    private static final byte[] NOTHING = {};

    private final Patterns patterns;
    private byte[] held = NOTHING;
    /** How many of the bytes held belong to a secret that began before them. */
    private int covered;

    StreamMask(Patterns patterns) {
        this.patterns = patterns;
    }

    /** What can be told now; the very array if there is nothing to change. */
    byte[] next(byte[] bytes) {
        byte[] all = held.length == 0 ? bytes : join(held, bytes);
        return mask(all, undecided(all));
    }

    /** The rest. What may be the beginning of a secret and is long enough to be known by it is overwritten, too. */
    byte[] end() {
        byte[] all = held;
        int cut = undecided(all);
        byte[] rest = mask(all, all.length);
        if (all.length - cut >= Patterns.SHORTEST) {
            cover(rest, cut, rest.length);
        }
        return rest;
    }

    /** From where on the bytes may be the beginning of a secret that goes on. */
    private int undecided(byte[] bytes) {
        int from = Math.max(0, bytes.length - patterns.longest() + 1);
        while (from < bytes.length && !patterns.goesOnFrom(bytes, from, bytes.length)) {
            from++;
        }
        return from;
    }

    private byte[] mask(byte[] all, int to) {
        byte[] out = to == all.length ? all : Arrays.copyOf(all, to);
        int end = covered;
        if (end > 0) {
            out = own(out, all);
            cover(out, 0, end);
        }
        int at = patterns.next(all, 0, all.length);
        while (at < to) {
            int stop = Math.min(to, at + patterns.stride());
            for (; at < stop; at++) {
                int length = patterns.lengthAt(all, at, all.length);
                if (length > 0) {
                    out = own(out, all);
                    cover(out, Math.max(at, end), at + length);
                    end = Math.max(end, at + length);
                }
            }
            at = patterns.next(all, at, all.length);
        }
        held = to == all.length ? NOTHING : Arrays.copyOfRange(all, to, all.length);
        covered = Math.max(0, end - to);
        return out;
    }

    private static byte[] own(byte[] out, byte[] all) {
        return out == all ? all.clone() : out;
    }

    private static void cover(byte[] out, int from, int to) {
        for (int i = from; i < Math.min(to, out.length); i++) {
            if (out[i] != '\n') {
                out[i] = '*';
            }
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
