package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.rest.Address;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Revokes tokens. */
@Command(name = "revoke", description = "Revoke tokens; they open nothing any more.")
public final class TokenRevoke implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of tokens, as token ls has them.")
    private List<String> ids;

    @Override
    public Integer call() {
        for (String id : ids) {
            session.service().delete(Address.of("/api/v1/tokens/" + Address.encoded(id)));
            session.screen().line(id + " is revoked");
        }
        return ExitCode.OK;
    }
}
