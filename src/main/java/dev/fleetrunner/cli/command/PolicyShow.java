package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.rest.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows the policy in force. */
@Command(name = "show", description = "The policy in force, as it was written.")
public final class PolicyShow implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        var answer = session.service().get(Address.of("/api/v1/policy"));
        var screen = session.screen();
        output.print(screen, answer, policy -> {
            screen.line("# " + Json.text(policy, "source") + ", in force since " + Json.text(policy, "since"));
            screen.text(Json.text(policy, "text"));
            policy.path("faults")
                    .forEach(fault -> screen.note("fleet: the file has changed, and is not taken: "
                            + Json.text(fault, "pointer") + ": " + Json.text(fault, "message")));
        });
        return ExitCode.OK;
    }
}
