package dev.fleetrunner.secret;

import java.util.BitSet;

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

    private static final boolean[] DIGITS = new boolean[1 << Byte.SIZE];

    static {
        for (char one = 0; one < DIGITS.length; one++) {
            DIGITS[one] = one < 128 && Character.isLetterOrDigit(one) || "+/-_".indexOf(one) >= 0;
        }
    }

    private Folds() {}

    /** Of base64 in either alphabet, and so of hexadecimal. */
    static boolean isDigit(byte one) {
        return DIGITS[Byte.toUnsignedInt(one)];
    }

    /**
     * Finds the bytes of folds. Looks at few bytes where lines are of words: from the end of where a run of digits would be
     * back to what is none, and on from there.
     *
     * @param before the bytes that came before
     * @return their places in both together
     */
    static BitSet find(byte[] before, byte[] bytes) {
        var found = new BitSet();
        int begin = -before.length;
        while (begin + LINE < bytes.length) {
            int end = begin + LINE;
            int last = end - 1;
            while (last >= begin && isDigit(at(before, bytes, last))) {
                last--;
            }
            if (last >= begin) {
                begin = last + 1;
                continue;
            }
            while (end < bytes.length && isDigit(at(before, bytes, end))) {
                end++;
            }
            int length = breakAt(before, bytes, end);
            found.set(before.length + end, before.length + end + length);
            begin = end + Math.max(length, 1);
        }
        return found;
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
        return at + 1 < bytes.length && at(before, bytes, at + 1) == '\n' ? 2 : 1;
    }

    private static byte at(byte[] before, byte[] bytes, int at) {
        return at < 0 ? before[before.length + at] : bytes[at];
    }
}
