package dev.fleetrunner.logs;

import java.util.Arrays;

/** Remembers the numbers of the last records that were found. */
final class TailSearch {
    private static final int FIRST_SIZE = 128;

    private final int wanted;
    private long[] found = new long[FIRST_SIZE];
    private long count;

    TailSearch(int wanted) {
        this.wanted = wanted;
    }

    void add(long seq) {
        if (wanted == 0) {
            return;
        }
        if (count == found.length && count < wanted) {
            found = Arrays.copyOf(found, found.length * 2);
        }
        found[slot(count)] = seq;
        count++;
    }

    /** The number of the first record of the tail; {@code otherwise} if nothing was found. */
    long first(long otherwise) {
        if (count == 0) {
            return otherwise;
        }
        return found[slot(Math.max(0, count - wanted))];
    }

    private int slot(long number) {
        return (int) (number % wanted);
    }
}
