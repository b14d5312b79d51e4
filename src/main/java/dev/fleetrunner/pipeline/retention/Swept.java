package dev.fleetrunner.pipeline.retention;

import java.util.Map;

/**
 * How a sweep left a shelf.
 *
 * @param items how many are on it now
 * @param bytes what they take together
 * @param removed how many went, by reason; a reason that removed nothing is absent
 */
public record Swept(String kind, long items, long bytes, Map<Reason, Long> removed) {
    public Swept {
        removed = Map.copyOf(removed);
    }
}
