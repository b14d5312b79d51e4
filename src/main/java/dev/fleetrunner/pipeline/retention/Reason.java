package dev.fleetrunner.pipeline.retention;

import java.util.Locale;

/** Why something was removed. */
public enum Reason {
    /** It was older than the rule allows. */
    AGE,
    /** There were more than the rule allows, and it was the oldest. */
    COUNT,
    /** They took more than the rule allows, and it was the oldest. */
    BYTES,
    /** Nothing refers to it any more: what a crash left behind. */
    ORPHAN;

    /** The word of metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
