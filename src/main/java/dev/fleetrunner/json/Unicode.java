package dev.fleetrunner.json;

import java.nio.charset.StandardCharsets;

/**
 * Half characters. JSON can write one half of a surrogate pair as an escape, UTF-8 cannot carry it; so such a string
 * could be read but never written again.
 */
final class Unicode {
    private Unicode() {}

    /** Whether the text can be written as UTF-8. */
    static boolean whole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The text with a question mark for each half character. */
    static String mend(String text) {
        return whole(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** How many bytes the text takes as UTF-8. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
