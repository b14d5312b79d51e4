package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.rest.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Tells the newest entry of the audit. */
@Command(name = "head", description = "The newest entry's number and hash; note it elsewhere.")
public final class AuditHead implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        var answer = session.service().get(Address.of("/api/v1/audit/head"));
        output.print(session.screen(), answer, head -> session.screen().line(Json.text(head, "head")));
        return ExitCode.OK;
    }
}
