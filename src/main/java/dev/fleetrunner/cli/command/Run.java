package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.local.LocalService;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Service;
import dev.fleetrunner.cli.spec.SpecDocument;
import dev.fleetrunner.cli.spec.SpecOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs a task and waits for its end. */
@Command(
        name = "run",
        customSynopsis = "fleet run [OPTION...] [-f FILE] [[--] COMMAND [ARGUMENT...]]",
        description = {
            "Run a task and wait for its end; the exit code is the command's own.",
            "Give a command, or a file with a TaskSpec, or both: options change what the file says."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the command ended with 0",
            "1 to 255:the command's own",
            "2:wrong usage",
            "69:the service cannot be reached",
            "124:the task ran out of time (timeouts.overallSec)",
            "125:the runner, the engine or the image could not do their part, or the task was refused",
            "127:the command cannot be executed",
            "130:the task was cancelled",
            "141:nobody read standard output any more; the task goes on"
        })
public final class Run implements Callable<Integer>, Judged {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Mixin
    private SpecOptions spec;

    @Option(names = "--follow", description = "Stream the log as the command writes it, instead of showing the result.")
    private boolean follow;

    @Option(
            names = "--local",
            description = "Without a service: run it in this process, on the engine of this machine.")
    private boolean local;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "With --local: keep the log, the artifacts and the service's log there.")
    private Path dataDirectory;

    @Override
    public Integer call() {
        if (follow && output.isGiven()) {
            throw new Misconfigured(
                    "--follow leaves standard output to the command; leave out -o, and ask for the result"
                            + " afterwards: fleet result TASK -o json");
        }
        if (!local && dataDirectory != null) {
            throw new Misconfigured("--data-dir is for --local; a service has a data directory of its own");
        }
        if (!local) {
            return run(session.service(), false);
        }
        session.screen().status("starting");
        try (LocalService own = LocalService.start(session.screen().shell(), dataDirectory)) {
            session.screen().status("");
            return run(new Service(own.url(), own.token()), true);
        }
    }

    private int run(Service service, boolean ours) {
        byte[] document = new SpecDocument(session.screen(), service).of(spec);
        String id = Json.text(
                service.postOnce(Address.of("/api/v1/tasks"), document).tree(), "id");
        return new Attended(session.screen(), service, id, ours).toTheEnd(follow, output);
    }
}
