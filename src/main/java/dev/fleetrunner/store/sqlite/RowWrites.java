package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.TaskRow;
import java.sql.SQLException;
import java.util.Map;

/** Keeps the index in step with the journal. */
final class RowWrites {
    private static final String PUT =
            """
            INSERT INTO task (id, owner, status, phase, image, runtime, case_id, task_id, role, priority,
                              queued_at, started_at, finished_at, cause, exit_code)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
              owner = excluded.owner, status = excluded.status, phase = excluded.phase, image = excluded.image,
              runtime = excluded.runtime, case_id = excluded.case_id, task_id = excluded.task_id,
              role = excluded.role, priority = excluded.priority, queued_at = excluded.queued_at,
              started_at = excluded.started_at, finished_at = excluded.finished_at, cause = excluded.cause,
              exit_code = excluded.exit_code
            """;

    private RowWrites() {}

    /** @param known whether the task has a row already */
    static void put(SqliteSession session, TaskRow row, boolean known) throws SQLException {
        session.execute(
                PUT,
                row.id(),
                row.owner(),
                row.status().name(),
                row.phase().name(),
                row.image(),
                row.runtime(),
                row.caseId(),
                row.taskId(),
                row.role(),
                row.priority(),
                Nanos.of(row.queuedAt()),
                Nanos.of(row.startedAt()),
                Nanos.of(row.finishedAt()),
                row.cause() == null ? null : row.cause().name(),
                row.exitCode());
        if (!known) {
            putLabels(session, row);
        }
    }

    /** They are the spec's, and stay as they are. */
    private static void putLabels(SqliteSession session, TaskRow row) throws SQLException {
        for (Map.Entry<String, String> label : row.labels().entrySet()) {
            session.execute(
                    "INSERT INTO label (task, name, value) VALUES (?, ?, ?)",
                    row.id(),
                    label.getKey(),
                    label.getValue());
        }
    }
}
