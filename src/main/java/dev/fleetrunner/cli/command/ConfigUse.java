package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.ConfigFile;
import dev.fleetrunner.cli.output.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Chooses the context in use. */
@Command(name = "use", description = "Call this service from now on.")
public final class ConfigUse implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Parameters(paramLabel = "NAME", description = "Of a context.")
    private String name;

    @Override
    public Integer call() throws IOException {
        ConfigFile file = ConfigFile.of(session.screen().shell());
        file.use(name);
        file.save();
        session.screen().line(name + " is in use");
        return ExitCode.OK;
    }
}
