package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.ConfigFile;
import dev.fleetrunner.cli.config.Context;
import dev.fleetrunner.cli.config.Lookup;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes or changes a context. */
@Command(
        name = "set",
        description =
                "Make or change a context by --url and --token or --token-file; the first is in use from then on.")
public final class ConfigSet implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Parameters(paramLabel = "NAME", description = "Of the context.")
    private String name;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token, read at every call; - takes the token itself from standard input.")
    private String tokenFile;

    @Override
    public Integer call() throws IOException {
        var given = session.given();
        if (given.url() == null && given.token() == null && tokenFile == null) {
            throw new Misconfigured("nothing to set: give --url, --token or --token-file");
        }
        if (given.token() != null && tokenFile != null) {
            throw new Misconfigured("give --token or --token-file, not both");
        }
        boolean fromInput = "-".equals(tokenFile);
        String token = fromInput
                ? new String(session.screen().shell().in().readAllBytes(), StandardCharsets.UTF_8).strip()
                : given.token();
        ConfigFile file = ConfigFile.of(session.screen().shell());
        file.set(
                name,
                new Context(
                        given.url() == null ? null : Lookup.checked(given.url()),
                        token,
                        fromInput || tokenFile == null
                                ? null
                                : Path.of(tokenFile)
                                        .toAbsolutePath()
                                        .normalize()
                                        .toString()));
        file.save();
        session.screen().line(name + " is in " + file.path());
        return ExitCode.OK;
    }
}
