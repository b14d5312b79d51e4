package dev.fleetrunner.workspace;

/** Text of others as it may stand in a message: on one line, in its own direction, and not too long. */
final class Shown {
    private static final int MAX = 200;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (shown.length() >= MAX) {
                return shown.append('…').toString();
            }
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.UNASSIGNED -> shown.append(String.format("\\u{%x}", c));
                default -> shown.appendCodePoint(c);
            }
        }
        return shown.toString();
    }
}
