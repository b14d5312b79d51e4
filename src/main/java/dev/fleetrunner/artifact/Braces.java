package dev.fleetrunner.artifact;

import java.util.ArrayList;
import java.util.List;

/** Writes out the alternatives of {@code {a,b}}, nested ones too, before anything else is read from a pattern. */
final class Braces {
    /** So that a dozen braces cannot stand for millions of patterns. */
    static final int MAX = 64;

    private Braces() {}

    /** All that the pattern stands for; fails with {@link IllegalArgumentException} on an open brace or too many. */
    static List<String> expand(String pattern) {
        List<String> expanded = new ArrayList<>();
        expand(pattern, expanded);
        return expanded;
    }

    private static void expand(String pattern, List<String> expanded) {
        int open = open(pattern);
        if (open < 0) {
            if (expanded.size() == MAX) {
                throw new IllegalArgumentException("its braces stand for more than " + MAX + " patterns");
            }
            expanded.add(pattern);
            return;
        }
        List<String> options = new ArrayList<>();
        int close = options(pattern, open, options);
        for (String option : options) {
            expand(pattern.substring(0, open) + option + pattern.substring(close + 1), expanded);
        }
    }

    private static int open(String pattern) {
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '{') {
                return at;
            }
        }
        return -1;
    }

    /** Collects what stands between the commas and returns where the brace closes. */
    private static int options(String pattern, int open, List<String> options) {
        int depth = 0;
        int start = open + 1;
        for (int at = open; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '{') {
                depth++;
            } else if (c == ',' && depth == 1) {
                options.add(pattern.substring(start, at));
                start = at + 1;
            } else if (c == '}' && --depth == 0) {
                options.add(pattern.substring(start, at));
                return at;
            }
        }
        throw new IllegalArgumentException("it has a { without its }");
    }
}
