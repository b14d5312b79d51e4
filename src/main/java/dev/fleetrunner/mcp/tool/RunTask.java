package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Submits a TaskSpec and waits for its end as long as a call may. */
@Singleton
class RunTask implements AgentTool {
    private static final int KEY = 255;

    private final Tasks tasks;
    private final TaskAnswers answers;

    RunTask(Tasks tasks, TaskAnswers answers) {
        this.tasks = tasks;
        this.answers = answers;
    }

    @Override
    public String name() {
        return "run_task";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        byte[] spec = Specs.of(arguments);
        String key = arguments.text("idempotency_key", KEY);
        var wait = arguments.wait(Arguments.LONGEST_WAIT_SEC);
        int maxBytes = arguments.maxBytes(TaskAnswers.USUAL_BYTES);
        arguments.complete();
        return Specs.placed(tasks.submit(call.caller(), spec, key))
                .chain(accepted -> answers.ofNew(call, accepted.task().row().id(), wait, maxBytes));
    }
}
