package dev.fleetrunner.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What came of it. */
public enum Outcome {
    /** It was done. */
    OK,
    /** A rule, a role or a missing token forbade it. */
    DENIED,
    /** It was allowed and did not work. */
    FAILED;

    /** The word of entries and filters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of a word; empty if there is none. */
    public static Optional<Outcome> of(String word) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst();
    }
}
