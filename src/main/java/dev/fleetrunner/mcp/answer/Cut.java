package dev.fleetrunner.mcp.answer;

/** Cuts texts so that they fit, and says so where it did. */
public final class Cut {
    private static final int MARK = 32;

    private Cut() {}

    /**
     * The beginning of a text.
     *
     * @param bytes how many it may take in JSON, the mark included; with fewer than a mark takes, the mark alone is left
     */
    public static String end(String text, int bytes) {
        if (text == null || JsonLength.ofText(text) <= bytes) {
            return text;
        }
        int kept = fitting(text, bytes - MARK);
        return text.substring(0, kept) + mark(text.codePointCount(kept, text.length()));
    }

    /** The beginning and the end of a text, the end being half as long: of a stack trace both tell something. */
    static String middle(String text, int bytes) {
        if (text == null || JsonLength.ofText(text) <= bytes) {
            return text;
        }
        int room = Math.max(0, bytes - MARK);
        int head = fitting(text, room * 2 / 3);
        int tail = beginOfLast(text, head, room - room * 2 / 3);
        return text.substring(0, head) + mark(text.codePointCount(head, tail)) + text.substring(tail);
    }

    private static String mark(int characters) {
        return "…[" + characters + " characters cut]…";
    }

    private static int fitting(String text, int bytes) {
        int left = bytes;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            left -= JsonLength.of(c);
            if (left < 0) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static int beginOfLast(String text, int least, int bytes) {
        int left = bytes;
        int at = text.length();
        while (at > least) {
            int c = text.codePointBefore(at);
            left -= JsonLength.of(c);
            if (left < 0) {
                return at;
            }
            at -= Character.charCount(c);
        }
        return at;
    }
}
