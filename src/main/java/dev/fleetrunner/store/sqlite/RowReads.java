package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.TaskRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of the index from the join of task and label, in which a task comes once for each of its labels. */
final class RowReads {
    /** Selects the tasks whose ids the query in the braces yields, newest first. */
    static final String SELECT =
            """
            SELECT task.*, label.name AS label, label.value AS value
            FROM task LEFT JOIN label ON label.task = task.id
            WHERE task.id IN (%s) ORDER BY task.id DESC
            """;

    private RowReads() {}

    static List<TaskRow> read(ResultSet rows) throws SQLException {
        List<TaskRow> tasks = new ArrayList<>();
        boolean more = rows.next();
        while (more) {
            String id = rows.getString("id");
            Row row = Row.of(rows);
            Map<String, String> labels = new HashMap<>();
            do {
                if (rows.getString("label") != null) {
                    labels.put(rows.getString("label"), rows.getString("value"));
                }
                more = rows.next();
            } while (more && rows.getString("id").equals(id));
            tasks.add(row.with(labels));
        }
        return tasks;
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        long nanos = rows.getLong(column);
        return rows.wasNull() ? null : Nanos.instant(nanos);
    }

    /** A row whose labels are still to come. */
    private interface Row {
        TaskRow with(Map<String, String> labels);

        static Row of(ResultSet rows) throws SQLException {
            String id = rows.getString("id");
            String owner = rows.getString("owner");
            TaskStatus status = TaskStatus.valueOf(rows.getString("status"));
            Phase phase = Phase.valueOf(rows.getString("phase"));
            String image = rows.getString("image");
            String runtime = rows.getString("runtime");
            String caseId = rows.getString("case_id");
            String taskId = rows.getString("task_id");
            String role = rows.getString("role");
            int priority = rows.getInt("priority");
            Instant queuedAt = instant(rows, "queued_at");
            Instant startedAt = instant(rows, "started_at");
            Instant finishedAt = instant(rows, "finished_at");
            CauseCode cause = rows.getString("cause") == null ? null : CauseCode.valueOf(rows.getString("cause"));
            int code = rows.getInt("exit_code");
            Integer exitCode = rows.wasNull() ? null : code;
            return labels -> new TaskRow(
                    id,
                    owner,
                    status,
                    phase,
                    image,
                    runtime,
                    caseId,
                    taskId,
                    role,
                    labels,
                    priority,
                    queuedAt,
                    startedAt,
                    finishedAt,
                    cause,
                    exitCode);
        }
    }
}
