package dev.fleetrunner.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The idempotency keys that are taken; each belongs to one owner and one task. */
final class TakenKey {
    private TakenKey() {}

    /** The task that has the key. */
    static Optional<String> find(SqliteSession session, String owner, String key) throws SQLException {
        return session.query(
                "SELECT task FROM idempotency_key WHERE owner = ? AND key = ?",
                List.of(owner, key),
                rows -> rows.next() ? Optional.of(rows.getString(1)) : Optional.empty());
    }

    static void put(SqliteSession session, String owner, String key, String task) throws SQLException {
        session.execute("INSERT INTO idempotency_key (owner, key, task) VALUES (?, ?, ?)", owner, key, task);
    }
}
