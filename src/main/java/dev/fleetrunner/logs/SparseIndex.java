package dev.fleetrunner.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Positions at about every {@link #STEP} bytes of a log file, in order. Safe for one writer and many readers. */
final class SparseIndex {
    /** What a reader has to skip over at most, save for one record. */
    static final int STEP = 64 * 1024;

    private final List<LogPosition> entries = new ArrayList<>();
    private volatile long next = STEP;

    /** Whether a record that begins at this offset should be entered. */
    boolean wants(long fileBytes) {
        return fileBytes >= next;
    }

    synchronized void add(LogPosition position) {
        entries.add(position);
        next = position.fileBytes() + STEP;
    }

    /** Forgets what lies at or behind an offset of the file. */
    synchronized void truncate(long fileBytes) {
        while (!entries.isEmpty() && entries.get(entries.size() - 1).fileBytes() >= fileBytes) {
            entries.remove(entries.size() - 1);
        }
        next = entries.isEmpty() ? STEP : entries.get(entries.size() - 1).fileBytes() + STEP;
    }

    /** The last position that has at most {@code value} of a growing measure before it. */
    synchronized LogPosition floor(ToLongFunction<LogPosition> measure, long value) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (measure.applyAsLong(entries.get(middle)) <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? LogPosition.START : entries.get(low - 1);
    }

    synchronized List<LogPosition> entries() {
        return List.copyOf(entries);
    }
}
