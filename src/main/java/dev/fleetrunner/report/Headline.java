package dev.fleetrunner.report;

import java.util.regex.Pattern;

/** The line of a failure's text that says what is wrong, for reports that have no message apart. */
final class Headline {
    private static final int MAX_LINES = 200;
    private static final int MAX_LENGTH = 2000;
    private static final int MAX_JOINED = 3;
    /** Frames of {@code go test}, testify, jest, Perl's Test::More, bats, googletest and cmocka around the words that matter. */
    private static final Pattern FRAME = Pattern.compile(
            "(?:\\[(?:={10}|-{10}| {1,7}(?:RUN|OK|PASSED|FAILED|SKIPPED|LINE) {1,7})\\]|=== |--- |● |# \\S{1,500}(?: \\[|$)|Error Trace:|Traceback |"
                    + "Failed (?:\\(TODO\\) )?test |Looks like you |at \\S{1,500} line \\d+|\\((?:in|from) |[-=_~ ]+$).*");

    private static final Pattern CMOCKA = Pattern.compile("^\\[  ERROR   \\] --- ");
    private static final Pattern LOCATION = Pattern.compile("^\\S{1,300}?\\.[A-Za-z]{1,5}:\\d+(?::\\d+)?:?(?:\\s+|$)");
    private static final Pattern BLANKS = Pattern.compile("\\s{2,}+|\\t");

    private Headline() {}

    /** Null if there is none. A line that only announces the next ones ({@code Not equal:}) brings them along. */
    static String of(String text) {
        StringBuilder headline = new StringBuilder();
        int joined = 0;
        for (String line : text.lines().limit(MAX_LINES).map(Headline::tidy).toList()) {
            if (line.isEmpty()) {
                continue;
            }
            headline.append(joined == 0 ? "" : " ").append(line);
            boolean announces = headline.charAt(headline.length() - 1) == ':' || headline.indexOf("got:") == 0;
            if (++joined == MAX_JOINED || joined == 1 && !announces) {
                break;
            }
        }
        return joined == 0 ? null : headline.toString();
    }

    private static String tidy(String line) {
        String words = line.substring(0, Math.min(line.length(), MAX_LENGTH)).strip();
        if (FRAME.matcher(words).matches()) {
            return "";
        }
        String plain = CMOCKA.matcher(words).replaceFirst("");
        return BLANKS.matcher(LOCATION.matcher(plain).replaceFirst(""))
                .replaceAll(" ")
                .strip();
    }
}
