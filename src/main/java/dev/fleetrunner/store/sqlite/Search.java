package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.TaskQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The SQL of a {@link TaskQuery}: the ids that fit, newest first. One filter leads, by an index that ends with the id,
 * so that rows come in the answer's order and reading stops with the page. The leader is chosen here, the most
 * selective by its nature first, because SQLite knows no better before it has gathered statistics; a unary plus keeps
 * the others from leading. Several statuses are as many such queries, merged.
 */
final class Search {
    private final TaskQuery query;
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();
    private boolean led;

    /** @param limit how many ids to find at most */
    Search(TaskQuery query, int limit) {
        this.query = query;
        Set<TaskStatus> statuses = query.statuses();
        if (statuses.size() < 2) {
            branch(statuses.isEmpty() ? null : statuses.iterator().next(), limit);
        } else {
            String separator = "";
            for (TaskStatus status : statuses) {
                sql.append(separator).append("SELECT id FROM (");
                branch(status, limit);
                sql.append(')');
                separator = " UNION ALL ";
            }
            sql.append(" ORDER BY id DESC LIMIT ?");
            parameters.add(limit);
        }
    }

    String sql() {
        return sql.toString();
    }

    List<Object> parameters() {
        return parameters;
    }

    private void branch(TaskStatus status, int limit) {
        led = false;
        List<Map.Entry<String, String>> labels = List.copyOf(query.labels().entrySet());
        boolean byLabel = query.taskId() == null && query.caseId() == null && !labels.isEmpty();
        String id = byLabel ? "led.task" : "id";
        sql.append("SELECT ").append(id).append(" AS id FROM ");
        // CROSS JOIN: SQLite keeps the order of the tables.
        sql.append(byLabel ? "label AS led CROSS JOIN task ON task.id = led.task" : "task")
                .append(" WHERE TRUE");
        if (byLabel) {
            and(
                    "led.name = ? AND led.value = ?",
                    labels.get(0).getKey(),
                    labels.get(0).getValue());
            led = true;
        }
        equal("task_id", query.taskId());
        equal("case_id", query.caseId());
        for (Map.Entry<String, String> label : labels.subList(byLabel ? 1 : 0, labels.size())) {
            and(
                    "EXISTS (SELECT 1 FROM label WHERE label.task = task.id AND name = ? AND value = ?)",
                    label.getKey(),
                    label.getValue());
        }
        startsWith("task.case_id", query.casePrefix());
        equal("image", query.image());
        equal("role", query.role());
        equal("status", status == null ? null : status.name());
        equal("owner", query.owner());
        equal("runtime", query.runtime());
        queued();
        range(id, query.idPrefix());
        if (query.cursor() != null) {
            and(id + " < ?", query.cursor());
        }
        and("TRUE ORDER BY " + id + " DESC LIMIT ?", limit);
    }

    private void equal(String column, String value) {
        if (value != null) {
            and(lead() + "task." + column + " = ?", value);
        }
    }

    private void startsWith(String column, String prefix) {
        if (prefix != null) {
            range(lead() + column, prefix);
        }
    }

    private void queued() {
        if (query.from() == null && query.to() == null) {
            return;
        }
        String column = lead() + "task.queued_at";
        if (query.from() != null) {
            and(column + " >= ?", Nanos.bound(query.from()));
        }
        if (query.to() != null) {
            and(column + " < ?", Nanos.bound(query.to()));
        }
    }

    private void range(String column, String prefix) {
        if (prefix != null) {
            and(column + " >= ?", prefix);
            String end = Prefix.end(prefix);
            if (end != null) {
                and(column + " < ?", end);
            }
        }
    }

    private String lead() {
        String mark = led ? "+" : "";
        led = true;
        return mark;
    }

    private void and(String condition, Object... values) {
        sql.append(" AND ").append(condition);
        parameters.addAll(List.of(values));
    }
}
