package dev.fleetrunner.console.log;

import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogRecord;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.logs.terminal.Ansi;
import dev.fleetrunner.pipeline.OpenLog;
import dev.fleetrunner.pipeline.Values;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds lines in all of a log by what is shown of them: colours within a word do not hide it. It works where logs are
 * read, and stops when nobody waits for the answer.
 */
final class LogSearch {
    static final int LONGEST = 200;

    /** Words that tell of trouble, but for those that count none of it. Takes time in proportion to a line's length. */
    private static final Pattern TROUBLE = Pattern.compile("(?i)(?<!\\b0 )(?<!\\bno )"
            + "(?:errors?|exceptions?|\\bfatal|\\bpanic(?:ked)?|\\btraceback|\\bfailed|\\bfailures?)\\b"
            + "(?!\\s*[:=]\\s*0\\b)");

    private LogSearch() {}

    /** A line that tells of trouble; {@code line} is 0 if there is none. */
    record Trouble(long line, boolean words) {}

    /** The line with a text next to a number, in either case of letters; from the other end if there is none left. */
    static Uni<Matches.Match> find(OpenLog log, String text, long beside, boolean back) {
        String folded = text.toLowerCase(Locale.ROOT);
        return log.read(LogQuery.all())
                .filter(shown(line -> line.toLowerCase(Locale.ROOT).contains(folded)))
                .collect()
                .in(() -> new Matches(beside), (matches, record) -> matches.add(record.seq()))
                .map(matches -> back ? matches.previous() : matches.next());
    }

    /** The first line that tells of trouble by its words, else the first on standard error. */
    static Uni<Trouble> firstError(OpenLog log) {
        return log.read(LogQuery.all())
                .filter(shown(LogSearch::tellsOfTrouble))
                .toUni()
                .chain(found ->
                        found == null ? firstOnStderr(log) : Uni.createFrom().item(new Trouble(found.seq(), true)));
    }

    static boolean tellsOfTrouble(String line) {
        return TROUBLE.matcher(line).find();
    }

    private static Uni<Trouble> firstOnStderr(OpenLog log) {
        return log.read(LogQuery.all().withStream(LogStream.STDERR).withLimit(1))
                .toUni()
                .map(record -> new Trouble(record == null ? 0 : record.seq(), false));
    }

    private static Predicate<LogRecord> shown(Predicate<String> wanted) {
        return record -> record instanceof LogRecord.Line line
                && wanted.test(Ansi.text(new String(line.bytes(), StandardCharsets.UTF_8)));
    }

    /** What somebody looks for; refused with {@code INVALID_REQUEST} if it is nothing, or too long. */
    static String checked(String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST) {
            throw Values.invalid("text must say what to find, in 1 to " + LONGEST + " characters");
        }
        return text;
    }
}
