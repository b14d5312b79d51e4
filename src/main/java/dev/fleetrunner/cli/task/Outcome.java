package dev.fleetrunner.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.ExitCode;

/** What the end of a task is as an exit code. */
public final class Outcome {
    private Outcome() {}

    /** Of a TaskResult. */
    public static int exitCode(JsonNode result) {
        return switch (result.path("status").asText()) {
            case "passed" -> ExitCode.OK;
            case "failed" -> Math.max(1, result.path("exitCode").asInt(1));
            case "timeout" -> ExitCode.TIMEOUT;
            case "cancelled" -> ExitCode.CANCELLED;
            default ->
                "COMMAND_NOT_FOUND".equals(result.path("cause").path("code").asText())
                        ? ExitCode.NO_COMMAND
                        : ExitCode.RUNNER;
        };
    }
}
