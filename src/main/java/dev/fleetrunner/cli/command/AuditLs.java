package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Table;
import dev.fleetrunner.cli.rest.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists the audit's entries. */
@Command(name = "ls", description = "Entries, newest first.")
public final class AuditLs implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Option(names = "--who", paramLabel = "NAME", description = "Of a token or a person.")
    private String who;

    @Option(names = "--action", paramLabel = "ACTION", description = "Such as task.submit.")
    private String action;

    @Option(names = "--target", paramLabel = "ID", description = "Of a task, of a token, a path.")
    private String target;

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "ok, denied or failed.")
    private String outcome;

    @Option(names = "--since", paramLabel = "TIME", description = "At or after, such as 2026-01-31T12:00:00Z.")
    private String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Before.")
    private String to;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 1000; 50 if not given.")
    private String limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where the page before ended.")
    private String cursor;

    @Override
    public Integer call() {
        Address address = Address.of("/api/v1/audit")
                .with("who", who)
                .with("action", action)
                .with("target", target)
                .with("outcome", outcome)
                .with("from", from)
                .with("to", to)
                .with("limit", limit)
                .with("cursor", cursor);
        output.print(session.screen(), session.service().get(address), this::table);
        return ExitCode.OK;
    }

    private void table(JsonNode page) {
        Table table = new Table("NUMBER", "AT", "WHO", "ROLE", "FROM", "ACTION", "OUTCOME", "TARGET");
        page.path("entries")
                .forEach(entry -> table.row(
                        Json.text(entry, "sequence"),
                        Json.text(entry, "at"),
                        Json.text(entry, "who"),
                        Json.text(entry, "role"),
                        Json.text(entry, "from"),
                        Json.text(entry, "action"),
                        Json.text(entry, "outcome"),
                        Json.text(entry, "target")));
        table.print(session.screen());
        String next = Json.text(page, "nextCursor");
        if (next != null) {
            session.screen().note("there are more: --cursor " + next);
        }
    }
}
