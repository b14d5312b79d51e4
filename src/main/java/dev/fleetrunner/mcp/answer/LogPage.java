package dev.fleetrunner.mcp.answer;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some lines of a log, as many as fit, and where the next ones begin.
 *
 * @param info what there was of the log when it was opened
 * @param lines in their order, perhaps more than fit
 * @param whole whether no further lines were there to be read
 * @param fromEnd whether the last lines are wanted rather than the first
 */
public record LogPage(
        String taskId, TaskStatus status, LogInfo info, List<LogLine> lines, boolean whole, boolean fromEnd) {
    private static final int FRAME = 500;

    /** How many bytes of lines fit into an answer of so many. */
    public static int room(int maxBytes) {
        return maxBytes - FRAME;
    }

    /** The answer; each of its forms takes so many bytes at most. */
    public Answer within(int maxBytes) {
        List<LogLine> shown = fitting(room(maxBytes));
        boolean cut = shown.size() < lines.size();
        boolean more = !whole || cut && !fromEnd;
        long last = shown.isEmpty() ? 0 : shown.get(shown.size() - 1).seq();
        long next = (more ? last : Math.max(last, info.records())) + 1;
        boolean ended = !more && info.sealed() && status.terminal();
        var text = new StringBuilder();
        shown.forEach(line -> text.append(line.text()).append('\n'));
        String lines = text.toString();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", taskId);
        json.put("status", status.word());
        json.put("text", lines);
        json.put("lines", shown.size());
        if (!shown.isEmpty()) {
            json.put("first", shown.get(0).seq());
            json.put("last", last);
        }
        json.put("next_from", next);
        json.put("more", more);
        json.put("ended", ended);
        json.put("log_uri", "task://" + taskId + "/log");
        if (cut && fromEnd) {
            text.insert(0, "[… only the last " + shown.size() + " of these lines fit; raise max_bytes for more …]\n");
        }
        return new Answer(text + footer(more, ended, next), json);
    }

    private List<LogLine> fitting(int bytes) {
        int room = bytes;
        int count = 0;
        while (count < lines.size()) {
            room -= at(count).size();
            if (room < 0) {
                break;
            }
            count++;
        }
        return fromEnd ? lines.subList(lines.size() - count, lines.size()) : lines.subList(0, count);
    }

    private LogLine at(int count) {
        return lines.get(fromEnd ? lines.size() - 1 - count : count);
    }

    private String footer(boolean more, boolean ended, long next) {
        if (ended) {
            return "[end of the log; the task is " + status.word() + "]\n";
        }
        return (more ? "[more lines are there: " : "[no more lines yet, the task is " + status.word() + ": ")
                + Handle.of("", "stream_logs", taskId, "from", next).call() + "]\n";
    }
}
