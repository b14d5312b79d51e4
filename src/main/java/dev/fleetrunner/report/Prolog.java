package dev.fleetrunner.report;

import java.util.Optional;

/**
 * What stands before the first element of an XML file. It is read here and never handed to the parser, so no document type
 * is ever seen by it. JaCoCo and Cobertura write one that only names a DTD: that is passed over, never fetched.
 *
 * @param root the name of the first element
 * @param start where that element begins
 * @param declares whether the document type declares anything, such as entities
 * @param opening the beginning of the first element and what follows, for telling namesakes apart
 */
record Prolog(String root, int start, boolean declares, String opening) {
    private static final int LOOK = 4000;

    /** Nothing if no element begins in this text. */
    static Optional<Prolog> read(String head) {
        int at = 0;
        while (true) {
            while (at < head.length() && Character.isWhitespace(head.charAt(at))) {
                at++;
            }
            if (head.startsWith("<?", at)) {
                at = after(head, "?>", at);
            } else if (head.startsWith("<!--", at)) {
                at = after(head, "-->", at + 4);
            } else if (head.startsWith("<!DOCTYPE", at)) {
                int end = endOfDoctype(head, at);
                if (end >= 0 && end < head.length() && head.charAt(end) == '[') {
                    return Optional.of(new Prolog(name(head, at + "<!DOCTYPE".length() + 1), at, true, ""));
                }
                at = end < 0 ? -1 : end + 1;
            } else {
                break;
            }
            if (at < 0) {
                return Optional.empty();
            }
        }
        if (at >= head.length() || head.charAt(at) != '<') {
            return Optional.empty();
        }
        String opening = head.substring(at, Math.min(head.length(), at + LOOK));
        return Optional.of(new Prolog(name(head, at + 1), at, false, opening));
    }

    /** Which report this is; nothing if none. */
    Optional<Format> format() {
        return switch (root) {
            case "testsuites", "testsuite" -> Optional.of(Format.JUNIT);
            // Clover's reports have the same root and another inside.
            case "coverage" ->
                declares || opening.contains("line-rate") || opening.contains("lines-valid")
                        ? Optional.of(Format.COBERTURA)
                        : Optional.empty();
            case "report" ->
                declares
                                || opening.contains("<sessioninfo")
                                || opening.contains("<package ")
                                || opening.contains("<counter ")
                                || opening.contains("<group ")
                        ? Optional.of(Format.JACOCO)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static int after(String text, String end, int from) {
        int at = text.indexOf(end, from);
        return at < 0 ? -1 : at + end.length();
    }

    /** Where its {@code >} is, or the {@code [} of its declarations; -1 if neither comes. */
    private static int endOfDoctype(String text, int from) {
        char quote = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>' || c == '[') {
                return at;
            }
        }
        return -1;
    }

    private static String name(String text, int from) {
        int at = Math.min(from, text.length());
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return text.substring(at, end);
    }
}
