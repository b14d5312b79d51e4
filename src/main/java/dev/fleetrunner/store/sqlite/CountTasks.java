package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.TaskQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many tasks there are of each status.
 *
 * @param which the condition
 */
record CountTasks(String which, List<?> parameters) implements Work<Map<TaskStatus, Long>> {

    static CountTasks that(TaskQuery query) {
        TaskQuery all = query.inAnyStatus();
        if (all.isOpen()) {
            return new CountTasks("TRUE", List.of());
        }
        Search search = new Search(all, Integer.MAX_VALUE);
        return new CountTasks("id IN (" + search.sql() + ")", search.parameters());
    }

    static CountTasks endedSince(String owner, Instant since) {
        return owner == null
                ? new CountTasks("finished_at >= ?", List.of(Nanos.bound(since)))
                : new CountTasks("finished_at >= ? AND +owner = ?", List.of(Nanos.bound(since), owner));
    }

    @Override
    public Map<TaskStatus, Long> with(SqliteSession session) throws SQLException {
        return session.query(
                "SELECT status, COUNT(*) FROM task WHERE " + which + " GROUP BY status", parameters, CountTasks::read);
    }

    private static Map<TaskStatus, Long> read(ResultSet rows) throws SQLException {
        Map<TaskStatus, Long> counts = new EnumMap<>(TaskStatus.class);
        while (rows.next()) {
            counts.put(TaskStatus.valueOf(rows.getString(1)), rows.getLong(2));
        }
        return Map.copyOf(counts);
    }
}
