package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Asks for a task's end, and waits a moment for it. */
@Singleton
class CancelTask implements AgentTool {
    private static final int USUAL_WAIT_SEC = 15;

    private final Tasks tasks;
    private final TaskAnswers answers;

    CancelTask(Tasks tasks, TaskAnswers answers) {
        this.tasks = tasks;
        this.answers = answers;
    }

    @Override
    public String name() {
        return "cancel";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        String task = arguments.taskId();
        var wait = arguments.wait(USUAL_WAIT_SEC);
        int maxBytes = arguments.maxBytes(TaskAnswers.USUAL_BYTES);
        arguments.complete();
        return tasks.cancel(call.caller(), task).chain(asked -> answers.after(call, task, wait, maxBytes));
    }
}
