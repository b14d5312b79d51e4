package dev.fleetrunner.store;

import dev.fleetrunner.contract.TaskStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A {@link TaskQuery} in the making, and what it means in plain Java. */
final class Query {
    /** How many filters {@link #like} knows. */
    static final int FILTERS = 12;

    private Set<TaskStatus> statuses = Set.of();
    private String owner;
    private String caseId;
    private String taskId;
    private String role;
    private String image;
    private String runtime;
    private Map<String, String> labels = Map.of();
    private Instant from;
    private Instant to;
    private String idPrefix;
    private String casePrefix;

    Query from(Instant instant) {
        from = instant;
        return this;
    }

    Query to(Instant instant) {
        to = instant;
        return this;
    }

    Query labels(Map<String, String> all) {
        labels = all;
        return this;
    }

    Query idPrefix(String prefix) {
        idPrefix = prefix;
        return this;
    }

    Query casePrefix(String prefix) {
        casePrefix = prefix;
        return this;
    }

    /** The filters whose bits are set, with values that the row fits. */
    static Query like(TaskRow row, int filters) {
        Query query = new Query();
        if (has(filters, 0)) {
            query.statuses = EnumSet.of(row.status(), TaskStatus.ERROR);
        }
        query.owner = has(filters, 1) ? row.owner() : null;
        query.caseId = has(filters, 2) ? row.caseId() : null;
        query.taskId = has(filters, 3) ? row.taskId() : null;
        query.role = has(filters, 4) ? row.role() : null;
        query.image = has(filters, 5) ? row.image() : null;
        query.runtime = has(filters, 6) ? row.runtime() : null;
        query.labels = has(filters, 7) ? row.labels() : Map.of();
        query.from = has(filters, 8) ? row.queuedAt().minusSeconds(30) : null;
        query.to = has(filters, 9) ? row.queuedAt().plusSeconds(30) : null;
        query.idPrefix = has(filters, 10) ? row.id().substring(0, 25) : null;
        query.casePrefix =
                has(filters, 11) && row.caseId() != null ? row.caseId().substring(0, 2) : null;
        return query;
    }

    TaskQuery build() {
        return new TaskQuery(
                statuses,
                owner,
                caseId,
                taskId,
                role,
                image,
                runtime,
                labels,
                from,
                to,
                idPrefix,
                casePrefix,
                null,
                TaskQuery.MAX_LIMIT);
    }

    boolean fits(TaskRow row) {
        return (statuses.isEmpty() || statuses.contains(row.status()))
                && equal(owner, row.owner())
                && equal(caseId, row.caseId())
                && equal(taskId, row.taskId())
                && equal(role, row.role())
                && equal(image, row.image())
                && equal(runtime, row.runtime())
                && row.labels().entrySet().containsAll(labels.entrySet())
                && (from == null || !row.queuedAt().isBefore(from))
                && (to == null || row.queuedAt().isBefore(to))
                && (idPrefix == null || row.id().startsWith(idPrefix))
                && (casePrefix == null || row.caseId() != null && row.caseId().startsWith(casePrefix));
    }

    private static boolean has(int filters, int bit) {
        return (filters >> bit & 1) == 1;
    }

    private static boolean equal(String filter, String value) {
        return filter == null || Objects.equals(filter, value);
    }

    @Override
    public String toString() {
        return build().toString();
    }
}
