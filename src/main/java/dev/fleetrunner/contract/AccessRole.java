package dev.fleetrunner.contract;

import java.util.Locale;

/** What a caller may do, from little to all. Not the role of the caller's context. */
public enum AccessRole {
    /** Reads every task. */
    VIEWER,
    /** Submits, and reads, cancels and collects its own tasks; it sees no other. */
    AGENT,
    /** Does so with all tasks. */
    OPERATOR,
    /** Sees to tokens and policy besides. */
    ADMIN;

    /** The word of the contract, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it may submit tasks. */
    public boolean submits() {
        return this != VIEWER;
    }

    /** Whether it sees the tasks of others. */
    public boolean seesAll() {
        return this != AGENT;
    }

    /** Whether it may cancel, and run again, the tasks of others. */
    public boolean changesAll() {
        return this == OPERATOR || this == ADMIN;
    }
}
