package dev.fleetrunner.logs;

/**
 * How far a log has come. Immutable: a reader works on what it has seen.
 *
 * @param end the border behind the last whole record in the file
 * @param droppedBytes output that was not kept because of the cap
 * @param truncated whether any output is missing
 * @param sealed whether no more will come
 */
record LogState(LogPosition end, long droppedBytes, boolean truncated, boolean sealed) {
    static final LogState EMPTY = new LogState(LogPosition.START, 0, false, false);

    LogState at(LogPosition position) {
        return new LogState(position, droppedBytes, truncated, sealed);
    }

    LogState dropped(long bytes) {
        return new LogState(end, bytes, truncated || bytes > 0, sealed);
    }

    LogState withGap() {
        return new LogState(end, droppedBytes, true, sealed);
    }

    LogState asSealed() {
        return new LogState(end, droppedBytes, truncated, true);
    }

    /** Whether a reader that has read all of {@code seen} finds anything new here. */
    boolean tellsMoreThan(LogState seen) {
        return end.records() != seen.end.records() || sealed != seen.sealed;
    }
}
