package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.Given;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.Service;

/** What every command has at hand. */
public interface Session {
    /** Where it writes. */
    Screen screen();

    /** What the options say of the service. */
    Given given();

    /** The service that options, variables and configuration name; they are looked at when it is first called. */
    Service service();
}
