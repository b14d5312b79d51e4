package dev.fleetrunner.secret;

import java.util.Arrays;

/**
 * The line breaks at which programs fold what they encode: those behind at least {@link #LINE} digits of base64 (of either
 * alphabet) or hexadecimal in one line. A break is LF, CRLF or CR.
 */
final class Folds {
    /** Programs fold at 60, 64 or 76; in ordinary output hardly a line ends in that many digits. */
    static final int LINE = 40;

    /** How many bytes before a place tell whether there is a fold at it, or right before it. */
    static final int CONTEXT = LINE + 2;

    /** CRLF. */
    static final int LONGEST_BREAK = 2;

    private static final int[] NOWHERE = {};
    private static final boolean[] DIGITS = new boolean[1 << Byte.SIZE];

    static {
        for (char one = 0; one < DIGITS.length; one++) {
            DIGITS[one] = one < 128 && Character.isLetterOrDigit(one) || "+/-_".indexOf(one) >= 0;
        }
    }

    private int[] begins = NOWHERE;
    private int[] ends = NOWHERE;
    private int count;
    private int bytes;

    private Folds() {}

    /** Of base64 in either alphabet, and so of hexadecimal. */
    static boolean isDigit(byte one) {
        return DIGITS[one & 0xFF];
    }

    /**
     * Finds folds. Looks at few bytes where lines are of words: from the end of where a run of digits would be back to what
     * is none, and on from there.
     *
     * @param before the bytes that came before; places in them are negative
     */
    static Folds find(byte[] before, byte[] bytes) {
        var found = new Folds();
        int begin = -before.length;
        while (begin + LINE < bytes.length) {
            int none = noDigitBefore(before, bytes, begin, begin + LINE);
            if (none >= begin) {
                begin = none + 1;
                continue;
            }
            int end = noDigitFrom(before, bytes, begin + LINE);
            begin = end + breakAt(before, bytes, end);
            if (begin > end) {
                found.add(end, begin);
            } else {
                begin++;
            }
        }
        return found;
    }

    int count() {
        return count;
    }

    /** How many bytes they have together. */
    int bytes() {
        return bytes;
    }

    /** Where one begins. */
    int begin(int fold) {
        return begins[fold];
    }

    /** Behind its last byte. */
    int end(int fold) {
        return ends[fold];
    }

    private void add(int begin, int end) {
        if (count == begins.length) {
            begins = Arrays.copyOf(begins, 2 * count + 1);
            ends = Arrays.copyOf(ends, 2 * count + 1);
        }
        begins[count] = begin;
        ends[count++] = end;
        bytes += end - begin;
    }

    private static int noDigitBefore(byte[] before, byte[] bytes, int from, int to) {
        int at = to - 1;
        for (int stop = Math.max(0, from); at >= stop && isDigit(bytes[at]); ) {
            at--;
        }
        while (at < 0 && at >= from && isDigit(before[before.length + at])) {
            at--;
        }
        return at;
    }

    private static int noDigitFrom(byte[] before, byte[] bytes, int from) {
        int at = from;
        while (at < 0 && isDigit(before[before.length + at])) {
            at++;
        }
        while (at >= 0 && at < bytes.length && isDigit(bytes[at])) {
            at++;
        }
        return at;
    }

    /** How many bytes of it there are: CRLF may have come in halves. */
    private static int breakAt(byte[] before, byte[] bytes, int at) {
        if (at == bytes.length) {
            return 0;
        }
        byte first = at(before, bytes, at);
        if (first == '\n') {
            return 1;
        }
        if (first != '\r') {
            return 0;
        }
        return at + 1 < bytes.length && at(before, bytes, at + 1) == '\n' ? LONGEST_BREAK : 1;
    }

    private static byte at(byte[] before, byte[] bytes, int at) {
        return at < 0 ? before[before.length + at] : bytes[at];
    }
}
