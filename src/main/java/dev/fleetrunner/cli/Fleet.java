package dev.fleetrunner.cli;

import dev.fleetrunner.cli.command.Session;
import dev.fleetrunner.cli.config.Given;
import dev.fleetrunner.cli.config.Lookup;
import dev.fleetrunner.cli.config.Settings;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Shell;
import dev.fleetrunner.cli.rest.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself; what it does is in its subcommands. */
@Command(
        name = "fleet",
        description = "Runs tasks in throw-away containers: the command line of Fleet Runner.",
        synopsisSubcommandLabel = "COMMAND")
public final class Fleet implements Session {
    private final Screen screen;
    private Service service;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The service's address; else FLEET_URL, the context, " + Lookup.DEFAULT_URL + ".")
    private String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description = "What opens it; else FLEET_TOKEN, the context, a data directory of this machine.")
    private String token;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "A service by its name in the configuration; else FLEET_CONTEXT, the one in use.")
    private String context;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "This text.")
    private boolean help;

    Fleet(Shell shell) {
        screen = new Screen(shell);
    }

    @Override
    public Screen screen() {
        return screen;
    }

    @Override
    public Given given() {
        return new Given(url, token, context);
    }

    @Override
    public synchronized Service service() {
        if (service == null) {
            Settings settings = new Lookup(screen).settings(given());
            service = new Service(settings.url(), settings.token());
        }
        return service;
    }
}
