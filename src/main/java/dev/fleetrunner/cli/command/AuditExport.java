package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.rest.Address;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes the audit out as it can be verified. */
@Command(
        name = "export",
        description = "The whole chain, oldest first, a line of JSON for each entry, as scripts/audit-verify takes it.")
public final class AuditExport implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Option(names = "--after", paramLabel = "N", description = "Only what came after entry N.")
    private Long after;

    @Override
    public Integer call() {
        Address address = Address.of("/api/v1/audit").with("after", after);
        try (InputStream lines = session.service().open(address, "application/x-ndjson")) {
            session.screen().copy(lines);
        } catch (IOException broken) {
            throw session.service().unreachable(broken);
        }
        return ExitCode.OK;
    }
}
