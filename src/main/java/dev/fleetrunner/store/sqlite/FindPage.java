package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.TaskIndex.Page;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.store.TaskRow;
import java.sql.SQLException;
import java.util.List;

/** The read of one page of the index. */
record FindPage(TaskQuery query) implements Work<Page> {
    @Override
    public Page with(SqliteSession session) throws SQLException {
        int limit = query.limit();
        if (limit < 1 || limit > TaskQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to " + TaskQuery.MAX_LIMIT + ", not " + limit);
        }
        if (query.cursor() != null && !exists(session, query.cursor())) {
            throw new IllegalArgumentException("no such cursor");
        }
        // One more than the page holds tells whether another page follows.
        Search search = new Search(query, limit + 1);
        List<TaskRow> found =
                session.query(RowReads.SELECT.formatted(search.sql()), search.parameters(), RowReads::read);
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        List<TaskRow> page = found.subList(0, limit);
        return new Page(page, page.get(limit - 1).id());
    }

    private static boolean exists(SqliteSession session, String id) throws SQLException {
        return session.number("SELECT COUNT(*) FROM task WHERE id = ?", id) > 0;
    }
}
