package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Where a task stands, without waiting. */
@Singleton
class GetTask implements AgentTool {
    private final TaskAnswers answers;

    GetTask(TaskAnswers answers) {
        this.answers = answers;
    }

    @Override
    public String name() {
        return "get_task";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        String task = arguments.taskId();
        int maxBytes = arguments.maxBytes(TaskAnswers.USUAL_BYTES);
        arguments.complete();
        return answers.after(call, task, Duration.ZERO, maxBytes);
    }
}
