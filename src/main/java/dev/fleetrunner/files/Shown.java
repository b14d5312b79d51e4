package dev.fleetrunner.files;

/** Text of others as it may stand in a message: on one line, in its own direction, and not too long. */
public final class Shown {
    private static final int MAX = 200;

    private Shown() {}

    /** The text with whatever does not show itself as {@code \\u{85}}, cut after 200 characters. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (shown.length() >= MAX) {
                return shown.append('…').toString();
            }
            if (visible(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
        }
        return shown.toString();
    }

    /** Whether it is a character that shows itself and changes nothing about its neighbours. */
    public static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
