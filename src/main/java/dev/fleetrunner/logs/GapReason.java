package dev.fleetrunner.logs;

import java.util.Locale;

/** Why output is missing from a log. */
public enum GapReason {
    /** The task wrote more than a log may hold. */
    CAP,
    /** The engine had thrown it away before a new runner could take over. */
    ROTATED;

    /** The word of the contract, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
