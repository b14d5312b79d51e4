package dev.fleetrunner.console.log;

/** Takes the numbers of all lines that match, in order, and remembers those next to a place. */
final class Matches {
    private final long beside;
    private long count;
    private long first;
    private long last;
    private long before;
    private long upToBefore;
    private long after;
    private long upToAfter;

    Matches(long beside) {
        this.beside = beside;
    }

    /**
     * One line of those that match.
     *
     * @param line its number; 0 if none matches
     * @param number which of the matches it is, from 1
     * @param count how many lines match
     * @param around whether it lies beyond the log's other end
     */
    record Match(long line, long number, long count, boolean around) {}

    void add(long line) {
        count++;
        first = first == 0 ? line : first;
        last = line;
        if (line < beside) {
            before = line;
            upToBefore = count;
        } else if (line > beside && after == 0) {
            after = line;
            upToAfter = count;
        }
    }

    Match next() {
        return after > 0
                ? new Match(after, upToAfter, count, false)
                : new Match(first, Math.min(1, count), count, true);
    }

    Match previous() {
        return before > 0 ? new Match(before, upToBefore, count, false) : new Match(last, count, count, true);
    }
}
