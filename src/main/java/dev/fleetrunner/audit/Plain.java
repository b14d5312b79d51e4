package dev.fleetrunner.audit;

/** Text of others as it may stand in an entry: it shows what it is wherever it is read, a terminal included. */
final class Plain {
    /** Characters. */
    static final int LONGEST = 512;

    private static final int REPLACEMENT = 0xfffd;

    private Plain() {}

    /** Without characters that do not show themselves, and not too long; null for null. */
    static String text(String any) {
        if (any == null) {
            return null;
        }
        var plain = new StringBuilder();
        any.codePoints().limit(LONGEST).map(c -> shows(c) ? c : REPLACEMENT).forEach(plain::appendCodePoint);
        return any.codePointCount(0, any.length()) > LONGEST ? plain.append('…').toString() : plain.toString();
    }

    private static boolean shows(int c) {
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
