package dev.fleetrunner.cli;

import dev.fleetrunner.cli.output.Screen;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** How arguments are read. */
final class Parsing {
    private static final int HELP_WIDTH = 100;

    private Parsing() {}

    static CommandLine of(Fleet fleet, String... arguments) {
        Screen screen = fleet.screen();
        Failures failures = new Failures(screen);
        CommandLine parsing = new CommandLine(fleet);
        Commands.addTo(parsing, arguments);
        // Settings go to the subcommands that are there by then.
        return parsing.setOut(new PrintWriter(screen.shell().out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(screen.shell().err(), true, StandardCharsets.UTF_8))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(screen.style().isColoured() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(failures::usage)
                .setExecutionExceptionHandler(failures::failed);
    }
}
