package dev.fleetrunner.pipeline.retention;

import java.time.Instant;

/**
 * Something on a shelf.
 *
 * @param id what the shelf knows it by
 * @param lastUsed what its age counts from; {@link Instant#MIN} for what is older than everything
 * @param bytes what it takes; 0 where that is not known
 */
public record Kept(String id, Instant lastUsed, long bytes) {}
