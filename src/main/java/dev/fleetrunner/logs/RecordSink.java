package dev.fleetrunner.logs;

import java.time.Instant;

/** Takes records as they are assembled. */
@FunctionalInterface
interface RecordSink {

    /**
     * One record.
     *
     * @param bytes lent for the time of the call
     * @param from where the record begins in them
     * @param length at most {@link LogRecord#MAX_BYTES}
     */
    void line(LogStream stream, Instant at, byte[] bytes, int from, int length, boolean eol);
}
