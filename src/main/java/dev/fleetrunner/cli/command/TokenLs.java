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

/** Lists tokens. */
@Command(name = "ls", description = "List tokens, newest first; the first one, in the data directory, is not in it.")
public final class TokenLs implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        output.print(session.screen(), session.service().get(Address.of("/api/v1/tokens")), this::table);
        return ExitCode.OK;
    }

    private void table(JsonNode list) {
        Table table = new Table("ID", "NAME", "ROLE", "LIVE", "AGE", "BY", "EXPIRES");
        list.path("tokens")
                .forEach(token -> table.row(
                        Json.text(token, "id"),
                        Json.text(token, "name"),
                        Json.text(token, "role"),
                        token.path("live").asBoolean() ? "yes" : "no",
                        Words.between(Json.text(token, "createdAt"), null),
                        Json.text(token, "createdBy"),
                        Json.text(token, "expiresAt")));
        table.print(session.screen());
    }
}
