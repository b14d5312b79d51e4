package dev.fleetrunner.store;

import java.time.Instant;

/**
 * The closed list of filters of a chain; a null one does not filter, several must all fit.
 *
 * @param chain the runner's instance id
 * @param from at or after
 * @param to before
 * @param cursor of the page before, or null
 * @param limit how many at most, 1 to 1000
 */
public record AuditQuery(
        String chain,
        String who,
        String action,
        String target,
        String outcome,
        Instant from,
        Instant to,
        Long cursor,
        int limit) {
    public static final int MAX_LIMIT = 1000;

    /** Everything, newest first. */
    public static AuditQuery all(String chain, int limit) {
        return new AuditQuery(chain, null, null, null, null, null, null, null, limit);
    }
}
