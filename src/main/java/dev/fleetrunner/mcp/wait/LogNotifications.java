package dev.fleetrunner.mcp.wait;

import dev.fleetrunner.async.Later;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogRecord;
import dev.fleetrunner.mcp.answer.LogLine;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives a waiting client the lines of a task's log as they come. Nobody can hold back what is sent so, so a call sends no
 * more than a few hundred lines and says where the rest is.
 */
final class LogNotifications {
    private static final int MOST = 200;

    private final Tasks tasks;
    private final ToolCall call;
    private final String taskId;
    private final boolean fromFirst;
    private Cancellable reading = () -> {};
    private int sent;

    /** @param fromFirst whether the lines that are there already are sent, too */
    LogNotifications(Tasks tasks, ToolCall call, String taskId, boolean fromFirst) {
        this.tasks = tasks;
        this.call = call;
        this.taskId = taskId;
        this.fromFirst = fromFirst;
    }

    void begin() {
        reading = Later.stream(tasks.log(call.caller(), taskId)
                        .map(log -> log.follow(
                                fromFirst
                                        ? LogQuery.all()
                                        : LogQuery.from(log.info().records() + 1))))
                .select()
                .first(MOST + 1)
                // The end of the waiting tells what went wrong; here it is only that no more lines come.
                .subscribe()
                .with(this::send, failure -> {});
    }

    void end() {
        reading.cancel();
    }

    private void send(LogRecord entry) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("task_id", taskId);
        line.put("seq", entry.seq());
        if (sent++ < MOST) {
            line.put("stream", entry.stream().word());
            line.put("text", LogLine.of(entry).text());
        } else {
            line.put("text", "more lines follow: stream_logs from " + entry.seq());
        }
        call.client().log(line);
    }
}
