package dev.fleetrunner.logs;

import java.time.Instant;

/**
 * One record of a log: a line, or a part of one.
 *
 * @param seq from 1, without gaps
 * @param at when the runner received its first byte
 * @param stream where it comes from
 * @param bytes at most {@link #MAX_BYTES}, without the newline
 * @param eol whether a newline followed
 */
public record LogRecord(long seq, Instant at, LogStream stream, byte[] bytes, boolean eol) {
    /** 64 KiB. */
    public static final int MAX_BYTES = 64 * 1024;
}
