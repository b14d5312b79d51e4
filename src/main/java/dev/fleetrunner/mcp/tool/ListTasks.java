package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.answer.Fitting;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.TaskSearch;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskRow;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tasks that fit and that the caller sees, newest first. */
@Singleton
class ListTasks implements AgentTool {
    private static final int USUAL = 20;
    private static final int MOST = 200;
    private static final int LABELS = 20;
    private static final int WORD = 300;
    private static final int FRAME = 400;

    private final Tasks tasks;

    ListTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "list_tasks";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        var search = new TaskSearch(
                String.join(",", arguments.texts("status", LABELS, WORD)),
                null,
                arguments.text("case_id", WORD),
                arguments.text("context_task_id", WORD),
                arguments.text("role", WORD),
                arguments.text("image", WORD),
                arguments.text("runtime", WORD),
                arguments.texts("label", LABELS, WORD),
                arguments.text("from", WORD),
                arguments.text("to", WORD),
                null,
                arguments.text("cursor", WORD),
                Integer.toString(arguments.integer("limit", 1, MOST, USUAL)));
        int maxBytes = arguments.maxBytes(TaskAnswers.USUAL_BYTES);
        arguments.complete();
        return tasks.find(call.caller(), search.query()).map(page -> answer(page, maxBytes));
    }

    private static Answer answer(TaskIndex.Page page, int maxBytes) {
        List<Map<String, Object>> all =
                page.tasks().stream().map(ListTasks::json).toList();
        List<Map<String, Object>> shown = Fitting.items(all, MOST, maxBytes - FRAME);
        String cursor = shown.size() == all.size()
                ? page.nextCursor()
                : shown.isEmpty() ? null : page.tasks().get(shown.size() - 1).id();
        var text = new StringBuilder();
        shown.forEach(task -> {
            text.append(task.get("task_id")).append(' ').append(task.get("status"));
            if (task.containsKey("cause")) {
                text.append(' ').append(task.get("cause"));
            }
            text.append(' ')
                    .append(task.get("image"))
                    .append(' ')
                    .append(task.get("queued_at"))
                    .append('\n');
        });
        if (shown.isEmpty()) {
            text.append("No task fits.\n");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tasks", shown);
        if (cursor != null) {
            json.put("next_cursor", cursor);
            text.append("More: list_tasks with the same arguments and \"cursor\": \"")
                    .append(cursor)
                    .append("\"\n");
        }
        return new Answer(text.toString(), json);
    }

    private static Map<String, Object> json(TaskRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", row.id());
        json.put("status", row.status().word());
        json.put("phase", row.phase().word());
        json.put("image", row.image());
        json.put("queued_at", row.queuedAt().toString());
        if (row.cause() != null) {
            json.put("cause", row.cause().name());
        }
        if (row.exitCode() != null) {
            json.put("exit_code", row.exitCode());
        }
        if (row.caseId() != null) {
            json.put("case_id", row.caseId());
        }
        if (!row.labels().isEmpty()) {
            json.put("labels", row.labels());
        }
        return json;
    }
}
