package dev.fleetrunner.report;

import dev.fleetrunner.contract.TaskResult.Coverage;

/** Adds up lines covered, so that a file weighs by its lines. */
final class LineTally {
    private double covered;
    private double lines;

    void add(double moreCovered, double moreLines) {
        covered += moreCovered;
        lines += moreLines;
    }

    void add(LineTally other) {
        add(other.covered, other.lines);
    }

    boolean isEmpty() {
        return lines == 0;
    }

    /** Null if there is no line to cover. */
    Coverage coverage() {
        return isEmpty() ? null : new Coverage(Math.round(Math.min(1, covered / lines) * 10_000) / 100.0);
    }

    /**
     * A count of lines.
     *
     * @return -1 if the text is none
     */
    static long count(String text) {
        if (text == null || text.isBlank() || text.length() > 12) {
            return -1;
        }
        try {
            return Math.max(-1, Long.parseLong(text.strip()));
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
