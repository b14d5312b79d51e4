package dev.fleetrunner.bench;

/** How a figure stands to its target. */
enum Verdict {
    MET("met"),
    NOT_MET("**not met**"),
    /** There is no target; the figure is told for comparison. */
    REPORTED("–"),
    NOT_MEASURED("not measured");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    static Verdict of(boolean met) {
        return met ? MET : NOT_MET;
    }

    String words() {
        return words;
    }
}
