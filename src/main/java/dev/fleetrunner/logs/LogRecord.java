package dev.fleetrunner.logs;

import java.time.Instant;
import java.util.Arrays;

/** One record of a log. */
public sealed interface LogRecord {
    /** The most bytes that a line record holds: 64 KiB. */
    int MAX_BYTES = 64 * 1024;

    /** Its number in the log, from 1, without gaps. */
    long seq();

    /** When the runner received its first byte, in whole milliseconds. */
    Instant at();

    /** Where it comes from. */
    LogStream stream();

    /** The record as the log file has it: one JSON object in UTF-8, without a newline. */
    default byte[] json() {
        return RecordEncoder.encode(this);
    }

    /**
     * A line, or a part of one.
     *
     * @param stream STDOUT or STDERR
     * @param bytes at most {@link #MAX_BYTES}, without the newline; a carriage return stays
     * @param eol whether a newline followed
     */
    record Line(long seq, Instant at, LogStream stream, byte[] bytes, boolean eol) implements LogRecord {
        /** What the command wrote: the bytes, and the newline if there was one. */
        public byte[] plain() {
            if (!eol) {
                return bytes;
            }
            byte[] plain = Arrays.copyOf(bytes, bytes.length + 1);
            plain[bytes.length] = '\n';
            return plain;
        }
    }

    /**
     * Output that is missing here.
     *
     * @param bytes how many, or -1 if nobody knows
     */
    record Gap(long seq, Instant at, GapReason reason, long bytes) implements LogRecord {
        @Override
        public LogStream stream() {
            return LogStream.RUNNER;
        }
    }
}
