package dev.fleetrunner.logs;

/**
 * Some records as the log file has them, to be passed on as they are.
 *
 * @param firstSeq the first one's number
 * @param lastSeq the last one's number; a filter may have left out some between them
 * @param ndjson JSON objects in UTF-8, each with a newline behind it; about 128 KiB at most
 */
public record LogLines(long firstSeq, long lastSeq, byte[] ndjson) {}
