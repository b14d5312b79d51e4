package dev.fleetrunner.report;

import dev.fleetrunner.contract.TaskResult.TestFailure;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes a failed test presentable: clean, short, with its place and the words that tell most. */
final class Failures {
    private static final int MAX_NAME = 500;
    private static final int MAX_FILE = 1000;
    private static final int MAX_MESSAGE = 2 * 1024;
    private static final int MAX_DETAILS = 8 * 1024;
    private static final Set<String> EMPTY_WORDS = Set.of("failed", "failure", "error", "test failure", "test failed");

    private static final Pattern BLANK_LINES = Pattern.compile("^(?:[ \\t]*+\n)++");

    private Failures() {}

    static TestFailure describe(TestRun test) {
        String details = BLANK_LINES
                .matcher(PlainText.of(test.details()).stripTrailing())
                .replaceFirst("");
        String message =
                test.message() == null ? "" : PlainText.of(test.message()).strip();
        if (saysNothing(message)) {
            String headline = Headline.of(details);
            message = headline == null ? message : headline;
        }
        Place place = Place.best(details.isBlank() ? message : details + "\n" + message, test);
        return new TestFailure(
                name(test),
                PlainText.line(test.suite(), MAX_NAME),
                place == null ? null : PlainText.line(place.file(), MAX_FILE),
                place == null ? null : place.line(),
                message.isEmpty() ? null : PlainText.start(message, MAX_MESSAGE),
                details.isBlank() ? null : PlainText.ends(details, MAX_DETAILS));
    }

    /** Whether a message is none, or of the kind that tools write where they have nothing to say. */
    static boolean saysNothing(String message) {
        return message == null
                || message.isBlank()
                || EMPTY_WORDS.contains(message.strip().toLowerCase(Locale.ROOT));
    }

    static String name(TestRun test) {
        String name = PlainText.line(test.name(), MAX_NAME);
        return name == null ? "(unnamed)" : name;
    }
}
