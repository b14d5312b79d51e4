package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.rest.Answer;
import dev.fleetrunner.cli.task.Outcome;
import dev.fleetrunner.cli.task.Waiting;
import dev.fleetrunner.cli.task.Watching;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Waits for a task's end. */
@Command(
        name = "wait",
        description = "Wait for the end of a task and show its result; the exit code is the task's, as of run.")
public final class Wait implements Callable<Integer>, Judged {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "TASK", description = "Id of a task.")
    private String task;

    @Option(names = "--timeout", paramLabel = "SEC", description = "Exit code 75 if it is not over by then.")
    private Integer seconds;

    @Override
    public Integer call() {
        var screen = session.screen();
        var service = session.service();
        var waiting = new Waiting(service, task);
        Answer answer = new Watching(service, screen, task, false)
                .during(() -> seconds == null ? waiting.result() : waiting.within(Duration.ofSeconds(seconds)));
        if (answer.status() == 202) {
            screen.note("fleet: task " + task + " is still "
                    + answer.tree().path("phase").asText() + " after " + seconds + " seconds");
            return ExitCode.NOT_OVER;
        }
        output.print(screen, answer, new ResultView(screen)::print);
        return Outcome.exitCode(answer.tree());
    }
}
