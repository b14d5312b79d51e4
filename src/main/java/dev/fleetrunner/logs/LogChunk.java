package dev.fleetrunner.logs;

import java.time.Instant;

/**
 * Bytes as a runtime delivers them: no line borders, no text.
 *
 * @param stream STDOUT or STDERR
 * @param bytes owned by the receiver; never empty
 * @param at when they arrived
 */
public record LogChunk(LogStream stream, byte[] bytes, Instant at) {}
