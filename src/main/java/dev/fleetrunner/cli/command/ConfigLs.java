package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.config.ConfigFile;
import dev.fleetrunner.cli.config.Context;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Table;
import dev.fleetrunner.cli.rest.Answer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Lists contexts. */
@Command(name = "ls", description = "List the contexts; * marks the one in use. Tokens are not shown.")
public final class ConfigLs implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        ConfigFile file = ConfigFile.of(session.screen().shell());
        Table table = new Table("", "NAME", "URL", "TOKEN");
        ObjectNode tree = Json.object().put("file", file.path().toString()).put("current", file.current());
        ObjectNode contexts = tree.putObject("contexts");
        for (String name : file.names()) {
            Context context = file.context(name);
            String token = context.tokenFile() != null
                    ? "in " + context.tokenFile()
                    : context.token() != null ? "in the configuration" : "none";
            table.row(name.equals(file.current()) ? "*" : "", name, context.url(), token);
            contexts.putObject(name).put("url", context.url()).put("token", token);
        }
        output.print(session.screen(), new Answer(200, Json.write(tree)), all -> table.print(session.screen()));
        return ExitCode.OK;
    }
}
