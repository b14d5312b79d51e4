package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.Settings;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.Service;

/** What every command has at hand. */
public interface Session {
    /** Where it writes. */
    Screen screen();

    /** Which service the options, the variables and the configuration name. */
    Settings settings();

    /** That service; connected to when it is first called. */
    Service service();
}
