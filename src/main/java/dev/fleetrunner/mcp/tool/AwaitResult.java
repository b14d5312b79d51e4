package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Waits for a task's end as long as a call may, and tells how it ended or how far it is. */
@Singleton
class AwaitResult implements AgentTool {
    private final TaskAnswers answers;

    AwaitResult(TaskAnswers answers) {
        this.answers = answers;
    }

    @Override
    public String name() {
        return "await_result";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        String task = arguments.taskId();
        var wait = arguments.wait(Arguments.LONGEST_WAIT_SEC);
        int maxBytes = arguments.maxBytes(TaskAnswers.USUAL_BYTES);
        arguments.complete();
        return answers.after(call, task, wait, maxBytes);
    }
}
