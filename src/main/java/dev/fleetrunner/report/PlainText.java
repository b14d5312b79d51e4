package dev.fleetrunner.report;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Text that may be shown anywhere: no colours, no control characters, no direction marks, and not too long. */
final class PlainText {
    /** Stands for the escape character where that is forbidden. */
    static final char ESCAPE_SIGN = '\u241B';
    /** The escape character, its sign, and pytest's way of writing it; then a sequence that begins with it, if any. */
    private static final Pattern ESCAPES = Pattern.compile(
            "(?:\u001B|\u241B|#x1B(?=[\\[\\]]))"
                    + "(?:\\[[0-?]{0,60}+[ -/]{0,9}+[@-~]|\\][^\u0007\u001B\u241B\n]{0,500}+(?:\u0007|[\u001B\u241B]\\\\)|[()][0-9A-B])?");

    private PlainText() {}

    /** Lines end with a newline alone. */
    static String of(String text) {
        String plain = text.indexOf(0x1B) < 0 && text.indexOf(ESCAPE_SIGN) < 0 && !text.contains("#x1B")
                ? text
                : ESCAPES.matcher(text).replaceAll("");
        StringBuilder kept = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '\r') {
                if (i + 1 >= plain.length() || plain.charAt(i + 1) != '\n') {
                    kept.append('\n');
                }
            } else if (Character.isHighSurrogate(c)) {
                boolean whole = i + 1 < plain.length() && Character.isLowSurrogate(plain.charAt(i + 1));
                kept.append(whole ? c : '\uFFFD');
                if (whole) {
                    kept.append(plain.charAt(++i));
                }
            } else if (Character.isLowSurrogate(c)) {
                kept.append('\uFFFD');
            } else if (c == '\n' || c == '\t' || !Character.isISOControl(c) && !turnsDirection(c)) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** The same in one line of at most so many bytes of UTF-8; null stays null, and nothing but blanks becomes null. */
    static String line(String text, int maxBytes) {
        if (text == null) {
            return null;
        }
        // No more than that can be left, and names are many.
        String near = text.length() > 4 * maxBytes ? text.substring(0, 4 * maxBytes) : text;
        String line = of(near).replace('\n', ' ').replace('\t', ' ').strip();
        return line.isEmpty() ? null : start(line, maxBytes);
    }

    /** Its beginning, in at most so many bytes of UTF-8; a dot-dot-dot tells that there was more. */
    static String start(String text, int maxBytes) {
        return fits(text, maxBytes) ? text : text.substring(0, prefix(text, maxBytes - 3)) + "…";
    }

    /** Its beginning and its end, in at most so many bytes of UTF-8. */
    static String ends(String text, int maxBytes) {
        if (fits(text, maxBytes)) {
            return text;
        }
        int half = (maxBytes - 64) / 2;
        int head = prefix(text, half);
        int tail = suffix(text, half);
        return text.substring(0, head) + "\n[… " + (tail - head) + " characters left out …]\n" + text.substring(tail);
    }

    private static boolean fits(String text, int maxBytes) {
        return text.length() * 3L <= maxBytes || text.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
    }

    private static int prefix(String text, int maxBytes) {
        int at = 0;
        int bytes = 0;
        while (at < text.length()) {
            int code = text.codePointAt(at);
            bytes += width(code);
            if (bytes > maxBytes) {
                break;
            }
            at += Character.charCount(code);
        }
        return at;
    }

    private static int suffix(String text, int maxBytes) {
        int at = text.length();
        int bytes = 0;
        while (at > 0) {
            int code = text.codePointBefore(at);
            bytes += width(code);
            if (bytes > maxBytes) {
                break;
            }
            at -= Character.charCount(code);
        }
        return at;
    }

    private static int width(int code) {
        return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }

    private static boolean turnsDirection(char c) {
        return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069' || c == '\u200E' || c == '\u200F';
    }
}
