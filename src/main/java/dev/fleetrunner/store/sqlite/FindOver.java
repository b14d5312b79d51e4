package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.TaskIndex.Over;
import dev.fleetrunner.store.TaskIndex.OverPage;
import dev.fleetrunner.store.TaskQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The read of one page of the tasks that are over. The cursor has the time and the id of the last one, so that it does
 * not matter whether that task is still there.
 */
record FindOver(String cursor, int limit) implements Work<OverPage> {
    private static final String SELECT =
            """
            SELECT id, finished_at FROM task
            WHERE finished_at IS NOT NULL AND (finished_at, id) > (?, ?)
            ORDER BY finished_at, id LIMIT ?
            """;

    @Override
    public OverPage with(SqliteSession session) throws SQLException {
        if (limit < 1 || limit > TaskQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to " + TaskQuery.MAX_LIMIT + ", not " + limit);
        }
        int colon = cursor == null ? 0 : cursor.indexOf(':');
        long time = cursor == null ? Long.MIN_VALUE : time(colon);
        String id = cursor == null ? "" : cursor.substring(colon + 1);
        return session.query(SELECT, List.of(time, id, limit), this::page);
    }

    private long time(int colon) {
        try {
            return Long.parseLong(cursor.substring(0, Math.max(0, colon)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no such cursor", e);
        }
    }

    private OverPage page(ResultSet rows) throws SQLException {
        List<Over> tasks = new ArrayList<>();
        String last = null;
        while (rows.next()) {
            long time = rows.getLong("finished_at");
            String id = rows.getString("id");
            tasks.add(new Over(id, Nanos.instant(time)));
            last = time + ":" + id;
        }
        return new OverPage(tasks, tasks.size() < limit ? null : last);
    }
}
