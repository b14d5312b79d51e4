package dev.fleetrunner.store.sqlite;

/** Prefixes as half-open ranges in the order of code points, which is the order of SQLite's BINARY collation. */
final class Prefix {
    private Prefix() {}

    /** The smallest string behind all strings that begin with the prefix; null if there is none. */
    static String end(String prefix) {
        int at = prefix.length();
        while (at > 0) {
            int last = prefix.codePointBefore(at);
            at -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                return prefix.substring(0, at) + Character.toString(successor(last));
            }
        }
        return null;
    }

    private static int successor(int codePoint) {
        // Surrogates are no characters of their own: UTF-8 has nothing between U+D7FF and U+E000.
        return codePoint == Character.MIN_SURROGATE - 1 ? Character.MAX_SURROGATE + 1 : codePoint + 1;
    }
}
