package dev.fleetrunner.mcp.answer;

import dev.fleetrunner.contract.Captured;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.store.TaskRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a task stands, or how it ended, within a budget: why it did not pass, then the failed tests, what it left behind,
 * and both ends of its log. What is left out is named by a call or an address that gets it exactly.
 *
 * @param result null while the task is not over
 * @param log null to leave the log out
 */
public record Digest(TaskView task, TaskResult result, LogExcerpt log) {
    /** What the log takes beside its text. */
    private static final int LOG_FIELDS = 160;

    /** What the next call and the addresses take. */
    private static final int NEXT = 350;

    private static final int MOST_NOTES = 10;
    private static final int MOST_ARTIFACTS = 50;

    /**
     * The answer.
     *
     * @param maxBytes how many bytes each of its two forms may take in JSON; at least 1024
     */
    public Answer within(int maxBytes) {
        var parts = new Parts();
        head(parts, maxBytes / 8);
        int free = Math.max(0, maxBytes - parts.size() - NEXT);
        if (result != null) {
            boolean failures = failures();
            FailedTests.add(parts, result.tests(), failures ? free / 2 : free);
            // What the log does not need is nobody's, so without failures there is room.
            left(parts, failures ? free / 6 : free / 2);
        }
        next(parts);
        int forLog = maxBytes - parts.size() - LOG_FIELDS;
        if (log != null && forLog > 0) {
            log(parts, forLog);
        }
        return parts.answer();
    }

    private void head(Parts parts, int each) {
        TaskRow row = task.row();
        parts.field("task_id", row.id())
                .field("status", row.status().word())
                .field("phase", row.phase().word())
                .field("finished", result != null)
                .line("Task " + row.id() + " " + words());
        if (result == null) {
            parts.field("queue_position", task.queuePosition()).field("progress", Cut.end(task.progress(), each));
            return;
        }
        parts.field("exit_code", result.exitCode());
        Cause cause = result.cause();
        if (cause != null) {
            String message = Cut.end(cause.message(), each);
            parts.field(
                            "cause",
                            Map.of(
                                    "code", cause.code().name(),
                                    "message", message,
                                    "remedy", cause.remedy(),
                                    "retryable", cause.retryable()))
                    .line(cause.code() + ": " + message)
                    .line("Remedy: " + cause.remedy()
                            + (cause.retryable()
                                    ? " (the same task may be tried again)"
                                    : " (the same task would end so again)"));
        }
        parts.field("duration_sec", result.metadata().duration());
        if (result.coverage() != null) {
            parts.field("coverage_percent", result.coverage().linePercent())
                    .line("Coverage: " + result.coverage().linePercent() + " % of lines");
        }
    }

    private String words() {
        if (result != null) {
            return result.status().word() + " after " + result.metadata().duration() + " s"
                    + (result.exitCode() == null ? "" : ", exit code " + result.exitCode());
        }
        String place = task.queuePosition() == null ? "" : ", number " + task.queuePosition() + " in the queue";
        String progress = task.progress() == null ? "" : ": " + Cut.end(task.progress(), 200);
        return "is still " + task.row().status().word() + " ("
                + task.row().phase().word() + place + ")" + progress;
    }

    /** Notes and artifacts: what else the task left behind. */
    private void left(Parts parts, int bytes) {
        List<String> notes = Fitting.texts(result.notes(), MOST_NOTES, bytes / 3);
        List<String> hosts = Fitting.texts(result.deniedHosts(), MOST_NOTES, bytes / 6);
        List<Map<String, Object>> artifacts = Fitting.items(
                result.captured().artifacts().stream().map(Digest::artifact).toList(), MOST_ARTIFACTS, bytes / 2);
        notes.forEach(note -> parts.line("Note: " + note));
        hosts.forEach(host -> parts.line("Denied host: " + host));
        artifacts.forEach(artifact -> parts.line("Artifact: " + artifact.get("path") + " ("
                + Count.of((int) artifact.get("files"), "file") + ", "
                + Count.of((long) artifact.get("size_bytes"), "byte") + ")"));
        int omitted = result.captured().artifacts().size() - artifacts.size();
        parts.field("notes", notes.isEmpty() ? null : notes)
                .field("denied_hosts", hosts.isEmpty() ? null : hosts)
                .field("artifacts", artifacts)
                .field("artifacts_omitted", omitted == 0 ? null : omitted);
    }

    private static Map<String, Object> artifact(Captured.Artifact artifact) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", artifact.path());
        json.put("files", artifact.files());
        json.put("size_bytes", artifact.sizeBytes());
        return json;
    }

    private void log(Parts parts, int bytes) {
        var fitted = log.within(bytes, !failures());
        String text = fitted.text(task.row().id());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bytes", log.info().keptBytes());
        json.put("lines", log.records());
        json.put("truncated", log.info().truncated());
        json.put("lines_omitted", fitted.omitted());
        json.put("text", text);
        parts.field("log", json);
        if (log.records() > 0) {
            parts.line("Log (" + Count.of(log.records(), "line") + ", "
                            + Count.of(log.info().keptBytes(), "byte") + "):")
                    .block(text);
        }
    }

    private boolean failures() {
        return result != null
                && result.tests() != null
                && !result.tests().failures().isEmpty();
    }

    private void next(Parts parts) {
        String id = task.row().id();
        List<Handle> calls = new ArrayList<>();
        if (result == null) {
            calls.add(Handle.of("wait on, at most 50 s a call", "await_result", id));
        } else if (!result.captured().artifacts().isEmpty()) {
            calls.add(Handle.of("the files it left behind", "copy_artifacts", id));
        }
        parts.field("next", calls.stream().map(Handle::json).toList())
                .field("result_uri", result == null ? null : "task://" + id + "/result")
                .field("log_uri", "task://" + id + "/log");
        calls.forEach(call -> parts.line("Next: " + call.call()));
        if (result != null) {
            parts.line("Exact: task://" + id + "/result, task://" + id + "/log");
        }
    }
}
