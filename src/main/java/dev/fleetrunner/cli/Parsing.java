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

    static CommandLine of(Fleet fleet) {
        Screen screen = fleet.screen();
        Failures failures = new Failures(screen);
        return new CommandLine(fleet)
                .setOut(new PrintWriter(screen.shell().out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(screen.shell().err(), true, StandardCharsets.UTF_8))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(screen.style().isColoured() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                .setExpandAtFiles(false)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler(failures::usage)
                .setExecutionExceptionHandler(failures::failed);
    }
}
