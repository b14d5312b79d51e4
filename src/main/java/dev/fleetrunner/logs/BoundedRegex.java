package dev.fleetrunner.logs;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Counts how often the expression looks at a character, which is what backtracking cannot do without. */
final class BoundedRegex implements LogGrep.Search {
    /** About 50 ms. */
    private static final long STEPS_PER_RECORD = 5_000_000;
    /** About 20 s, and more than any sane expression needs for 100 MB. */
    private static final long STEPS_PER_SEARCH = 2_000_000_000;

    private final Pattern pattern;
    private long left = STEPS_PER_SEARCH;

    BoundedRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public boolean matches(byte[] bytes) {
        long allowed = Math.min(left, STEPS_PER_RECORD);
        Watched text = new Watched(new String(bytes, StandardCharsets.UTF_8), allowed);
        try {
            return pattern.matcher(text).find();
        } catch (StackOverflowError tooDeep) {
            throw new LogGrep.TooMuchWork();
        } finally {
            left -= allowed - text.left;
        }
    }

    private static final class Watched implements CharSequence {
        private final String text;
        private long left;

        Watched(String text, long left) {
            this.text = text;
            this.left = left;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new LogGrep.TooMuchWork();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
