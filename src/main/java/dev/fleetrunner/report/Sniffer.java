package dev.fleetrunner.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Tells a report by how it begins; its name says nothing. */
final class Sniffer {
    /** How many characters are looked at. */
    static final int HEAD = 16 * 1024;

    private static final Pattern GO_EVENT = Pattern.compile("\\{[^\\n]{0,4000}?\"Action\": ?\"[a-z-]+\"");
    private static final Pattern TAP_LINE = Pattern.compile("TAP version \\d+|1\\.\\.\\d+( *#.*)?|(not )?ok \\d+\\b.*");
    /** What {@code prove -v} writes before the output of a file. */
    static final Pattern PROVE_HEADER = Pattern.compile("(\\S{1,300}) \\.{2,} ?");

    private Sniffer() {}

    /** Looks ahead; the reader is then where it was. Nothing if this is no report. */
    static Optional<Format> sniff(BufferedReader text) throws IOException {
        String head = head(text);
        if (head.stripLeading().startsWith("<")) {
            return Prolog.read(head).flatMap(Prolog::format);
        }
        List<String> lines = head.lines().limit(500).toList();
        if (lines.stream().anyMatch(line -> GO_EVENT.matcher(line).lookingAt())) {
            return Optional.of(Format.GO_JSON);
        }
        String first = first(lines, line -> !line.startsWith("#"));
        if (first.startsWith("TN:") || first.startsWith("SF:")) {
            return lines.stream().anyMatch(line -> line.startsWith("SF:"))
                    ? Optional.of(Format.LCOV)
                    : Optional.empty();
        }
        String firstOfTap = first(
                lines,
                line -> !line.startsWith("#") && !PROVE_HEADER.matcher(line).matches());
        return TAP_LINE.matcher(firstOfTap.strip()).matches() ? Optional.of(Format.TAP) : Optional.empty();
    }

    static String head(BufferedReader text) throws IOException {
        text.mark(HEAD);
        char[] head = new char[HEAD];
        int length = 0;
        int count;
        while (length < HEAD && (count = text.read(head, length, HEAD - length)) > 0) {
            length += count;
        }
        text.reset();
        return new String(head, 0, length);
    }

    private static String first(List<String> lines, Predicate<String> significant) {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .filter(significant)
                .findFirst()
                .orElse("");
    }
}
