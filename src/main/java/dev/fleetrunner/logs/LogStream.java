package dev.fleetrunner.logs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where a log record comes from. */
public enum LogStream {
    STDOUT,
    STDERR,
    /** The runner itself: gap records. */
    RUNNER;

    private final String word = name().toLowerCase(Locale.ROOT);
    private final byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);

    /** The word of the contract, in lower case. */
    public String word() {
        return word;
    }

    /** The word, not to be written to. */
    byte[] bytes() {
        return bytes;
    }
}
