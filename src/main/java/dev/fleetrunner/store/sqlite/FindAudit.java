package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.AuditQuery;
import dev.fleetrunner.store.AuditStore.Page;
import dev.fleetrunner.store.AuditStore.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The read of one page of the audit. */
record FindAudit(AuditQuery query) implements Work<Page> {
    @Override
    public Page with(SqliteSession session) throws SQLException {
        int limit = query.limit();
        if (limit < 1 || limit > AuditQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to " + AuditQuery.MAX_LIMIT + ", not " + limit);
        }
        StringBuilder sql = new StringBuilder(AuditChain.SELECT).append(led()).append("WHERE chain = ?");
        List<Object> parameters = new ArrayList<>(List.of(query.chain()));
        and(sql, parameters, "who = ?", query.who());
        and(sql, parameters, "action = ?", query.action());
        and(sql, parameters, "target = ?", query.target());
        // Its index leaves out what went well.
        and(sql, parameters, isWell() ? "outcome = ?" : "outcome = ? AND outcome <> 'ok'", query.outcome());
        and(sql, parameters, "at >= ?", query.from() == null ? null : Nanos.bound(query.from()));
        and(sql, parameters, "at < ?", query.to() == null ? null : Nanos.bound(query.to()));
        and(sql, parameters, "sequence < ?", query.cursor());
        // One more than the page holds tells whether another page follows.
        parameters.add(limit + 1);
        sql.append(" ORDER BY sequence DESC LIMIT ?");
        List<Row> found = session.query(sql.toString(), parameters, AuditChain::rows);
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        return new Page(found.subList(0, limit), found.get(limit - 1).sequence());
    }

    /** The index of the filter that leaves the fewest, by its nature: SQLite would rather go over the whole chain. */
    private String led() {
        if (query.target() != null) {
            return "INDEXED BY audit_by_target ";
        }
        if (query.who() != null) {
            return "INDEXED BY audit_by_who ";
        }
        if (query.outcome() != null && !isWell()) {
            return "INDEXED BY audit_by_outcome ";
        }
        if (query.action() != null) {
            return "INDEXED BY audit_by_action ";
        }
        return query.from() == null ? "" : "INDEXED BY audit_by_at ";
    }

    private boolean isWell() {
        return "ok".equals(query.outcome());
    }

    private static void and(StringBuilder sql, List<Object> parameters, String condition, Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            parameters.add(value);
        }
    }
}
