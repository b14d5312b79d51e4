package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.rest.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows what runs now. */
@Command(name = "ps", description = "What runs now, with what it uses.")
public final class Ps implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        var answer = session.service().get(Address.of("/api/v1/containers"));
        output.print(session.screen(), answer, containers -> {
            ContainerTable.of(containers).print(session.screen());
            int orphaned = containers.path("orphaned").size();
            if (orphaned > 0) {
                session.screen()
                        .note(orphaned + " more are left over of tasks that are over, and will be removed;"
                                + " -o json lists them");
            }
        });
        return ExitCode.OK;
    }
}
