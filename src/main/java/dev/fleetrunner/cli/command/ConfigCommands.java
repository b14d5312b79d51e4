package dev.fleetrunner.cli.command;

import picocli.CommandLine.Command;

/** What concerns the configuration of this client. */
@Command(
        name = "config",
        description = "Services by name, in ~/.config/fleet/config.yaml.",
        subcommands = {ConfigLs.class, ConfigUse.class, ConfigSet.class})
public final class ConfigCommands extends Group {}
