package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Table;
import dev.fleetrunner.cli.output.Words;
import dev.fleetrunner.cli.rest.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Tells how the service is. */
@Command(name = "health", description = "How the service is; exit code 1 if it is degraded.")
public final class Health implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        var answer = session.service().get(Address.of("/api/v1/health"));
        output.print(session.screen(), answer, this::table);
        return "healthy".equals(answer.tree().path("status").asText()) ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void table(JsonNode health) {
        var screen = session.screen();
        screen.line(session.service().url() + " is "
                + screen.style().status(health.path("status").asText()));
        screen.line(health.path("active_tasks").asText() + " tasks running, "
                + health.path("queued_tasks").asText() + " waiting, "
                + health.path("total_tasks").asText() + " in all");
        JsonNode storage = health.path("storage");
        if (storage.path("free_bytes").isNumber()) {
            screen.line(Words.bytes(storage.path("free_bytes").asLong()) + " of disk free"
                    + (storage.path("refusing").asBoolean() ? ": too little, new tasks are refused" : ""));
        }
        Table table = new Table("RUNTIME", "STATE", "VERSION", "ENDPOINT OR REASON");
        health.path("runtimes")
                .forEach(runtime -> table.row(
                        Json.text(runtime, "name"),
                        runtime.path("up").asBoolean() ? "up" : "down",
                        Json.text(runtime, "version"),
                        Json.text(runtime, runtime.path("up").asBoolean() ? "endpoint" : "reason")));
        if (!table.isEmpty()) {
            table.print(screen);
        }
    }
}
