package dev.fleetrunner.mcp.call;

import dev.fleetrunner.mcp.answer.Answer;
import io.smallrye.mutiny.Uni;

/** A tool that agents call. What clients are told of it is in {@code resources/mcp/tools}, in a file of its name. */
public interface AgentTool {

    /** Its name, which agents know; it never changes. */
    String name();

    /**
     * Does what it is for. A failure becomes a tool error with a cause from the closed list ({@link ToolError}), so it
     * fails as the use cases do. Called on an event loop.
     */
    Uni<Answer> call(ToolCall call);
}
