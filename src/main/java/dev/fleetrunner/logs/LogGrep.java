package dev.fleetrunner.logs;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a record must contain: a text, byte for byte, or a regular expression over its bytes read as UTF-8. The work that
 * an expression may cause is bounded; one that backtracks without end fails with {@link TooMuchWork}.
 */
public final class LogGrep {
    private static final int MAX_LENGTH = 1000;

    private final byte[] text;
    private final Pattern pattern;

    private LogGrep(byte[] text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /**
     * Records that contain a text.
     *
     * @throws IllegalArgumentException if it has more than 1000 characters
     */
    public static LogGrep text(String text) {
        return new LogGrep(bounded(text).getBytes(StandardCharsets.UTF_8), null);
    }

    /**
     * Records in which a regular expression finds something.
     *
     * @throws IllegalArgumentException if it is none, or has more than 1000 characters
     */
    public static LogGrep regex(String expression) {
        return new LogGrep(null, Pattern.compile(bounded(expression)));
    }

    private static String bounded(String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a pattern can have at most " + MAX_LENGTH + " characters");
        }
        return expression;
    }

    /** Begins a search, which has a budget of its own. */
    Search search() {
        return pattern == null ? bytes -> contains(bytes, text) : new BoundedRegex(pattern);
    }

    private static boolean contains(byte[] bytes, byte[] text) {
        for (int i = 0; i + text.length <= bytes.length; i++) {
            int matched = 0;
            while (matched < text.length && bytes[i + matched] == text[matched]) {
                matched++;
            }
            if (matched == text.length) {
                return true;
            }
        }
        return false;
    }

    /** Looks at one record after the other. */
    interface Search {
        boolean matches(byte[] bytes);
    }

    /** The expression needs more work than it is worth; nothing is wrong with the log. */
    public static final class TooMuchWork extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuchWork() {
            super("the regular expression takes too much work on this log");
        }
    }
}
