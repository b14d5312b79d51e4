package dev.fleetrunner.secret;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;

/**
 * Many byte strings that are looked for at once. A filter over four bytes, looked at in strides as long as the shortest
 * string allows, tells almost everywhere that none begins nearby; where one may, the strings are searched in their order.
 * What is kept is no more than the strings and the filter, however long they are.
 */
final class Patterns {
    /** What is longer is looked for in pieces of this length, each for itself. */
    static final int LONGEST = 64;

    static final int SHORTEST = 4;
    private static final int MAX_STRIDE = 8;
    private static final int MIN_FILTER_BITS = 16;
    private static final int MAX_FILTER_BITS = 25;
    private static final int BITS_PER_ENTRY = 32;
    private static final int SPREAD = 0x9E3779B1;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] sorted;
    /** The longest other string that each begins with; -1 if there is none. */
    private final int[] shorter;

    private final int stride;
    private final int longest;
    private final int shift;
    private final long[] filter;
    /** The same of the strings' first bytes alone. */
    private final long[] heads;
    /** With which two bytes they begin: asked at the end of every chunk. */
    private final long[] pairs = new long[1 << 2 * Byte.SIZE - 6];

    /** @param strings each of at least {@link #SHORTEST} bytes; at least one */
    Patterns(Collection<byte[]> strings) {
        sorted = strings.stream()
                .flatMap(Pieces::of)
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
        shorter = shorter(sorted);
        int least = LONGEST;
        int most = 0;
        for (byte[] one : sorted) {
            least = Math.min(least, one.length);
            most = Math.max(most, one.length);
        }
        longest = most;
        stride = Math.min(least - SHORTEST + 1, MAX_STRIDE);
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(sorted.length * stride * BITS_PER_ENTRY);
        shift = Integer.SIZE - Math.max(MIN_FILTER_BITS, Math.min(MAX_FILTER_BITS, bits));
        filter = new long[1 << Integer.SIZE - shift - 6];
        heads = new long[filter.length];
        for (byte[] one : sorted) {
            for (int at = 0; at < stride; at++) {
                note(filter, slot(one, at));
            }
            note(heads, slot(one, 0));
            note(pairs, pair(one, 0));
        }
    }

    private static void note(long[] bits, int slot) {
        bits[slot >>> 6] |= 1L << slot;
    }

    private static boolean has(long[] bits, int slot) {
        return (bits[slot >>> 6] & 1L << slot) != 0;
    }

    private static int pair(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << Byte.SIZE | bytes[at + 1] & 0xFF;
    }

    private int slot(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) * SPREAD >>> shift;
    }

    private static int[] shorter(byte[][] sorted) {
        int[] shorter = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            int candidate = i - 1;
            while (candidate >= 0 && !startsWith(sorted[i], 0, sorted[i].length, sorted[candidate])) {
                candidate = shorter[candidate];
            }
            shorter[i] = candidate;
        }
        return shorter;
    }

    /** How long the longest is that is looked for as one. */
    int longest() {
        return longest;
    }

    /** Is told where a string was found, and how long it is. */
    interface Found {
        void at(int place, int length);
    }

    /** Tells of the longest string at each place before {@code to}; it may go on behind that. */
    void each(byte[] bytes, int to, Found found) {
        int at = next(bytes, 0);
        while (at < to) {
            int stop = Math.min(to, at + stride);
            for (; at < stop; at++) {
                int length = lengthAt(bytes, at, bytes.length);
                if (length > 0) {
                    found.at(at, length);
                }
            }
            at = next(bytes, at);
        }
    }

    /** The first place from which on a string may begin; the bytes' end if there is none. */
    private int next(byte[] bytes, int from) {
        int at = from + stride - 1;
        while (at + SHORTEST <= bytes.length) {
            if (has(filter, slot(bytes, at))) {
                return at - stride + 1;
            }
            at += stride;
        }
        return Math.min(bytes.length, at - stride + 1);
    }

    /** The length of the longest string at a place; 0 if there is none. */
    private int lengthAt(byte[] bytes, int from, int to) {
        if (from + SHORTEST > to || !has(heads, slot(bytes, from))) {
            return 0;
        }
        int candidate = firstBeyond(bytes, from, Math.min(to, from + longest)) - 1;
        while (candidate >= 0 && !startsWith(bytes, from, to, sorted[candidate])) {
            candidate = shorter[candidate];
        }
        return candidate < 0 ? 0 : sorted[candidate].length;
    }

    /** Whether a string begins with these bytes and goes on behind them. */
    boolean goesOnFrom(byte[] bytes, int from, int to) {
        if (to - from > 1 && !has(pairs, pair(bytes, from))) {
            return false;
        }
        int candidate = firstBeyond(bytes, from, to);
        return candidate < sorted.length
                && sorted[candidate].length > to - from
                && Arrays.equals(sorted[candidate], 0, to - from, bytes, from, to);
    }

    private int firstBeyond(byte[] bytes, int from, int to) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            byte[] one = sorted[middle];
            if (Arrays.compareUnsigned(one, 0, one.length, bytes, from, to) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
        return start.length <= to - from && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }
}
