package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.Journal.Epoch;
import java.sql.SQLException;

/** The write that removes a task that is over; events, labels and idempotency key go with its row. */
record Forget(Epoch epoch, String taskId) implements Work<Boolean> {
    @Override
    public Boolean with(SqliteSession session) throws SQLException {
        Claim.check(session, epoch);
        return session.execute("DELETE FROM task WHERE id = ? AND status NOT IN ('PENDING', 'RUNNING')", taskId) > 0;
    }
}
