package dev.fleetrunner.logs;

/**
 * Which records a reader wants. All conditions hold together; {@code tail} chooses among the records that the others
 * allow, and {@code limit} counts from the first of those.
 *
 * @param from the first sequence number, at least 1; to resume behind a record, its number plus 1
 * @param limit the most records; {@link #ALL} for no limit
 * @param tail only the last so many of those that are there when reading begins; {@link #ALL} for all. At most
 *     {@link #MAX_TAIL} with a stream or a pattern
 * @param stream only this one; null for all
 * @param grep only records whose bytes match; null for all. A line that is stored in several records is looked at in
 *     parts
 */
public record LogQuery(long from, long limit, long tail, LogStream stream, LogGrep grep) {
    public static final long ALL = Long.MAX_VALUE;
    public static final int MAX_TAIL = 100_000;

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public LogQuery {
        if (from < 1 || limit < 0 || tail < 0) {
            throw new IllegalArgumentException("from must be at least 1, limit and tail at least 0");
        }
        if ((stream != null || grep != null) && tail != ALL && tail > MAX_TAIL) {
            throw new IllegalArgumentException("with a stream or a pattern, tail can be at most " + MAX_TAIL);
        }
    }

    /** Everything. */
    public static LogQuery all() {
        return from(1);
    }

    /** Everything from a sequence number on. */
    public static LogQuery from(long seq) {
        return new LogQuery(seq, ALL, ALL, null, null);
    }

    /** The same, but at most so many records. */
    public LogQuery withLimit(long records) {
        return new LogQuery(from, records, tail, stream, grep);
    }

    /** The same, but only the last so many of the records that are there. */
    public LogQuery withTail(long records) {
        return new LogQuery(from, limit, records, stream, grep);
    }

    /** The same, but only one stream. */
    public LogQuery withStream(LogStream only) {
        return new LogQuery(from, limit, tail, only, grep);
    }

    /** The same, but only what matches. */
    public LogQuery withGrep(LogGrep pattern) {
        return new LogQuery(from, limit, tail, stream, pattern);
    }

    boolean isFiltered() {
        return stream != null || grep != null;
    }
}
