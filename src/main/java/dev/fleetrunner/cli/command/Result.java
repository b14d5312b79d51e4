package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.rest.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows how a task ended. */
@Command(name = "result", description = "How a task ended; exit code 75 if it is not over.")
public final class Result implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "TASK", description = "Id of a task.")
    private String task;

    @Override
    public Integer call() {
        var answer = session.service().get(Address.ofTask(task, "/result"));
        var screen = session.screen();
        if (answer.status() == 202) {
            screen.note("fleet: task " + task + " is "
                    + answer.tree().path("phase").asText() + "; wait for it: fleet wait " + task);
            return ExitCode.NOT_OVER;
        }
        output.print(screen, answer, new ResultView(screen)::print);
        return ExitCode.OK;
    }
}
