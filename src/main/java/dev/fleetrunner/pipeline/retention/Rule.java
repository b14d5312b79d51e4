package dev.fleetrunner.pipeline.retention;

import java.time.Duration;
import java.time.Instant;

/**
 * How much of one kind is kept.
 *
 * @param maxAge what is older goes; zero for no limit
 * @param maxCount how many may stay; 0 for no limit
 * @param maxBytes how much they may take together; 0 for no limit
 */
public record Rule(Duration maxAge, long maxCount, long maxBytes) {
    public Rule {
        if (maxAge.isNegative() || maxCount < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("limits of retention must be at least 0");
        }
    }

    boolean isOutlived(Instant lastUsed, Instant now) {
        // Not between the two: the oldest instant is further away than a duration reaches.
        return !maxAge.isZero() && lastUsed.isBefore(cutoff(now));
    }

    private Instant cutoff(Instant now) {
        Duration reachable = Duration.between(Instant.EPOCH, now);
        return maxAge.compareTo(reachable) < 0 ? now.minus(maxAge) : Instant.EPOCH;
    }

    /** Why the oldest of so many must go; null if all may stay. */
    Reason brokenBy(long items, long bytes) {
        if (maxCount > 0 && items > maxCount) {
            return Reason.COUNT;
        }
        return maxBytes > 0 && bytes > maxBytes ? Reason.BYTES : null;
    }
}
