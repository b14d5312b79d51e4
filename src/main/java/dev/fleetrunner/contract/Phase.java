package dev.fleetrunner.contract;

import java.util.Locale;

/** Where a task stands; tells more than its status. */
public enum Phase {
    QUEUED,
    /** Image, files, context. */
    PREPARING,
    RUNNING,
    COLLECTING,
    DONE;

    /** The word of the contract, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
