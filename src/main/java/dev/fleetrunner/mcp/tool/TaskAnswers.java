package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.answer.Digest;
import dev.fleetrunner.mcp.answer.LogExcerpt;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.mcp.wait.Waiting;
import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Where a task stands, perhaps after waiting: what several tools answer. */
@Singleton
class TaskAnswers {
    /** About two thousand tokens. */
    static final int USUAL_BYTES = 8000;

    private final Tasks tasks;
    private final Waiting waiting;

    TaskAnswers(Tasks tasks, Waiting waiting) {
        this.tasks = tasks;
        this.waiting = waiting;
    }

    /** The answer when the task is over, or after this time; with both ends of its log. */
    Uni<Answer> after(ToolCall call, String taskId, Duration limit, int maxBytes) {
        return after(call, taskId, limit, maxBytes, false);
    }

    /** The same of a task that the call has just made. */
    Uni<Answer> ofNew(ToolCall call, String taskId, Duration limit, int maxBytes) {
        return after(call, taskId, limit, maxBytes, true);
    }

    private Uni<Answer> after(ToolCall call, String taskId, Duration limit, int maxBytes, boolean fresh) {
        return waiting.end(call, taskId, limit, fresh)
                .chain(result -> answer(call, taskId, result.orElse(null), maxBytes));
    }

    private Uni<Answer> answer(ToolCall call, String taskId, TaskResult result, int maxBytes) {
        return Uni.combine()
                .all()
                .unis(
                        tasks.get(call.caller(), taskId),
                        tasks.log(call.caller(), taskId).chain(LogExcerpt::of))
                .with((task, log) -> new Digest(task, result, log).within(maxBytes));
    }
}
