package dev.fleetrunner.logs;

/** What RFC 3629 allows: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private static final int CUT_OFF = -1;

    private Utf8() {}

    /** Whether the bytes are whole, valid UTF-8. */
    static boolean valid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = sequence(bytes, i, to);
            if (length <= 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    /** How many bytes at the end (0 to 3) begin a character that may still be completed. */
    static int incompleteTail(byte[] bytes, int from, int to) {
        for (int back = 1; back <= 3 && to - back >= from; back++) {
            int value = bytes[to - back];
            if (value >= 0) {
                return 0;
            }
            if ((value & 0xC0) == 0xC0) {
                return sequence(bytes, to - back, to) == CUT_OFF ? back : 0;
            }
        }
        return 0;
    }

    /** The length of the sequence that begins at {@code at}; 0 if invalid, {@link #CUT_OFF} if the end cuts it off. */
    private static int sequence(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        for (int k = 1; k < length; k++) {
            if (at + k >= to) {
                return CUT_OFF;
            }
            int value = bytes[at + k] & 0xFF;
            int low = k == 1 && lead == 0xE0 ? 0xA0 : k == 1 && lead == 0xF0 ? 0x90 : 0x80;
            int high = k == 1 && lead == 0xED ? 0x9F : k == 1 && lead == 0xF4 ? 0x8F : 0xBF;
            if (value < low || value > high) {
                return 0;
            }
        }
        return length;
    }
}
