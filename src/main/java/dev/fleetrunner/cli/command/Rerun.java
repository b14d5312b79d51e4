package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.rest.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Hands the spec of a task in again. */
@Command(name = "rerun", description = "Hand the spec of a task in again, and print the id of the new one.")
public final class Rerun implements Callable<Integer>, Judged {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "TASK", description = "Id of a task.")
    private String task;

    @Option(names = "--follow", description = "Stream its log instead; the exit code is the task's, as of run.")
    private boolean follow;

    @Override
    public Integer call() {
        if (follow && output.isGiven()) {
            throw new Misconfigured("--follow leaves standard output to the command; leave out -o");
        }
        var answer = session.service().post(Address.ofTask(task, "/rerun"), null);
        if (follow) {
            String id = Json.text(answer.tree(), "id");
            return new Attended(session.screen(), session.service(), id, false).toTheEnd(true, output);
        }
        output.print(session.screen(), answer, fresh -> session.screen().line(Json.text(fresh, "id")));
        return ExitCode.OK;
    }
}
