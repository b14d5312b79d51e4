package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.local.LocalService;
import dev.fleetrunner.cli.mcp.Bridge;
import dev.fleetrunner.cli.rest.Service;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Gives a service to an agent that speaks the Model Context Protocol over standard input and output. */
@Command(
        name = "mcp",
        description = {
            "Serve the Model Context Protocol on standard input and output, for agents that start their servers.",
            "Messages are handed on to the service; docs/agents.md tells what it offers."
        })
public final class Mcp implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Option(
            names = "--local",
            description = "Without a service: run tasks in this process, on the engine of this machine.")
    private boolean local;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "With --local: keep tasks, logs and artifacts there, for the next time.")
    private Path dataDirectory;

    @Override
    public Integer call() {
        if (!local && dataDirectory != null) {
            throw new Misconfigured("--data-dir is for --local; a service has a data directory of its own");
        }
        if (!local) {
            serve(session.service());
            return 0;
        }
        try (LocalService own = LocalService.start(session.screen().shell(), dataDirectory)) {
            own.awaitReady();
            serve(new Service(own.url(), own.token()));
        }
        return 0;
    }

    private void serve(Service service) {
        new Bridge(session.screen().shell(), service).toTheEnd();
    }
}
