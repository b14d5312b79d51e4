package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Table;
import dev.fleetrunner.cli.output.Words;
import dev.fleetrunner.cli.rest.Address;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists tasks. */
@Command(name = "ls", description = "List tasks, newest first.")
public final class Ls implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description =
                    "Any of these, separated by commas: pending, running, passed, failed, error, timeout, cancelled.")
    private String status;

    @Option(names = "--owner", paramLabel = "NAME", description = "Whose token submitted it.")
    private String owner;

    @Option(names = "--case", paramLabel = "ID", description = "Of the context; a trailing * makes it a prefix.")
    private String caseId;

    @Option(names = "--task-id", paramLabel = "ID", description = "Of the context.")
    private String taskId;

    @Option(names = "--role", paramLabel = "ROLE", description = "Of the context.")
    private String role;

    @Option(names = "--image", paramLabel = "IMAGE", description = "That it ran in.")
    private String image;

    @Option(names = "--runtime", paramLabel = "NAME", description = "That ran it.")
    private String runtime;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "May be given several times.")
    private List<String> labels;

    @Option(names = "--since", paramLabel = "TIME", description = "Queued at or after, such as 2026-01-31T12:00:00Z.")
    private String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Queued before.")
    private String to;

    @Option(names = "--id", paramLabel = "PREFIX", description = "The beginning of the id.")
    private String id;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 1000; 50 if not given.")
    private String limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where the page before ended.")
    private String cursor;

    @Option(
            names = {"-q", "--quiet"},
            description = "Ids alone.")
    private boolean quiet;

    @Override
    public Integer call() {
        Address address = Address.of("/api/v1/tasks")
                .with("status", status)
                .with("owner", owner)
                .with("case_id", caseId)
                .with("task_id", taskId)
                .with("role", role)
                .with("image", image)
                .with("runtime", runtime)
                .withAll("label", labels)
                .with("from", from)
                .with("to", to)
                .with("id", id)
                .with("limit", limit)
                .with("cursor", cursor);
        var answer = session.service().get(address);
        if (quiet) {
            answer.tree().path("tasks").forEach(task -> session.screen().line(Json.text(task, "id")));
        } else {
            output.print(session.screen(), answer, this::table);
        }
        return ExitCode.OK;
    }

    private void table(JsonNode page) {
        Table table = new Table("ID", "STATUS", "EXIT", "AGE", "TIME", "OWNER", "CASE", "IMAGE");
        page.path("tasks")
                .forEach(task -> table.row(
                        Json.text(task, "id"),
                        Json.text(task, "status"),
                        Json.text(task, "exitCode"),
                        Words.between(Json.text(task, "queuedAt"), null),
                        Words.between(Json.text(task, "startedAt"), Json.text(task, "finishedAt")),
                        Json.text(task, "owner"),
                        Json.text(task, "case_id"),
                        Json.text(task, "image")));
        table.print(session.screen());
        String next = Json.text(page, "nextCursor");
        if (next != null) {
            session.screen().note("there are more: --cursor " + next);
        }
    }
}
