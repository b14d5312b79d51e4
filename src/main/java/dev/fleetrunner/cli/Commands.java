package dev.fleetrunner.cli;

import dev.fleetrunner.cli.command.AuditCommands;
import dev.fleetrunner.cli.command.Cancel;
import dev.fleetrunner.cli.command.Completion;
import dev.fleetrunner.cli.command.ConfigCommands;
import dev.fleetrunner.cli.command.Cp;
import dev.fleetrunner.cli.command.Health;
import dev.fleetrunner.cli.command.Logs;
import dev.fleetrunner.cli.command.Ls;
import dev.fleetrunner.cli.command.Mcp;
import dev.fleetrunner.cli.command.PolicyCommands;
import dev.fleetrunner.cli.command.Ps;
import dev.fleetrunner.cli.command.Rerun;
import dev.fleetrunner.cli.command.Result;
import dev.fleetrunner.cli.command.Run;
import dev.fleetrunner.cli.command.Submit;
import dev.fleetrunner.cli.command.TokenCommands;
import dev.fleetrunner.cli.command.Top;
import dev.fleetrunner.cli.command.Version;
import dev.fleetrunner.cli.command.Wait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/** All commands by their names, in the order in which the help lists them. A new one is a line here. */
final class Commands {
    private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("run", Run::new);
        ALL.put("submit", Submit::new);
        ALL.put("logs", Logs::new);
        ALL.put("result", Result::new);
        ALL.put("wait", Wait::new);
        ALL.put("ls", Ls::new);
        ALL.put("cp", Cp::new);
        ALL.put("cancel", Cancel::new);
        ALL.put("rerun", Rerun::new);
        ALL.put("ps", Ps::new);
        ALL.put("top", Top::new);
        ALL.put("health", Health::new);
        ALL.put("policy", PolicyCommands::new);
        ALL.put("token", TokenCommands::new);
        ALL.put("audit", AuditCommands::new);
        ALL.put("mcp", Mcp::new);
        ALL.put("config", ConfigCommands::new);
        ALL.put("version", Version::new);
        ALL.put("completion", Completion::new);
    }

    private Commands() {}

    /**
     * Adds those whose names are among the arguments, or all if none is: to look at each of them takes as long as the call
     * of the service.
     */
    static void addTo(CommandLine fleet, String[] arguments) {
        List<String> given = List.of(arguments);
        // To complete what is typed, all are to be known.
        boolean named = !given.contains("completion") && ALL.keySet().stream().anyMatch(given::contains);
        ALL.forEach((name, command) -> {
            if (!named || given.contains(name)) {
                fleet.addSubcommand(name, command.get());
            }
        });
        // What follows the command of a task is the task's.
        Stream.of("run", "submit")
                .filter(fleet.getSubcommands()::containsKey)
                .forEach(name -> fleet.getSubcommands().get(name).setStopAtPositional(true));
    }
}
