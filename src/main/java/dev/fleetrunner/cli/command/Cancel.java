package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.rest.Address;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Asks for tasks' end. */
@Command(name = "cancel", description = "Ask for the end of tasks; harmless for those that are over.")
public final class Cancel implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Parameters(arity = "1..*", paramLabel = "TASK", description = "Ids of tasks.")
    private List<String> tasks;

    @Override
    public Integer call() {
        for (String task : tasks) {
            var answer = session.service().post(Address.ofTask(task, "/cancel"), null);
            output.print(session.screen(), answer, body -> session.screen()
                    .line(task + " is " + body.path("status").asText() + ", "
                            + body.path("phase").asText()));
        }
        return ExitCode.OK;
    }
}
