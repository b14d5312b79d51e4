package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.spec.SpecDocument;
import dev.fleetrunner.cli.spec.SpecOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Hands a task in and leaves it. */
@Command(
        name = "submit",
        customSynopsis = "fleet submit [OPTION...] [-f FILE] [[--] COMMAND [ARGUMENT...]]",
        description = "Hand a task in, print its id, and leave it; takes what run takes.")
public final class Submit implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Mixin
    private SpecOptions spec;

    @Override
    public Integer call() {
        byte[] document = new SpecDocument(session.screen(), session.service()).of(spec);
        var answer = session.service().postOnce(Address.of("/api/v1/tasks"), document);
        output.print(session.screen(), answer, task -> session.screen().line(Json.text(task, "id")));
        return ExitCode.OK;
    }
}
