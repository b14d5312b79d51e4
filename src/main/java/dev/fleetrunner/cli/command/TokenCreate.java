package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.rest.Address;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a token. */
@Command(name = "create", description = "Make a token; it is printed now and never again.")
public final class TokenCreate implements Callable<Integer> {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([smhd])");

    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "NAME", description = "Whose tasks are submitted with it.")
    private String name;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "agent",
            description = "viewer, agent, operator or admin; agent if not given.")
    private String role;

    @Option(names = "--expires", paramLabel = "SPAN", description = "When it ends, such as 90d, 12h, 30m.")
    private String expires;

    @Option(names = "--max-concurrent", paramLabel = "N", description = "How many of its tasks run at once.")
    private Integer maxConcurrent;

    @Option(names = "--max-queued", paramLabel = "N", description = "How many of its tasks wait.")
    private Integer maxQueued;

    @Override
    public Integer call() {
        ObjectNode wish = Json.object().put("name", name).put("role", role);
        if (expires != null) {
            wish.put("expiresInSec", seconds(expires));
        }
        if (maxConcurrent != null) {
            wish.withObjectProperty("limits").put("maxConcurrent", maxConcurrent);
        }
        if (maxQueued != null) {
            wish.withObjectProperty("limits").put("maxQueued", maxQueued);
        }
        var answer = session.service().post(Address.of("/api/v1/tokens"), Json.write(wish));
        output.print(session.screen(), answer, made -> {
            session.screen().line(Json.text(made, "token"));
            session.screen()
                    .note("token " + Json.text(made, "id") + " of " + name + ", role " + role
                            + "; it is not told again");
        });
        return ExitCode.OK;
    }

    private static long seconds(String span) {
        Matcher matcher = SPAN.matcher(span);
        if (!matcher.matches()) {
            throw new Misconfigured("--expires " + span + ": give a number with s, m, h or d behind it, such as 90d");
        }
        long unit =
                switch (matcher.group(2)) {
                    case "s" -> 1;
                    case "m" -> 60;
                    case "h" -> 3600;
                    default -> 86_400;
                };
        return Long.parseLong(matcher.group(1)) * unit;
    }
}
