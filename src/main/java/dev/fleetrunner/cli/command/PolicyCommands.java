package dev.fleetrunner.cli.command;

import picocli.CommandLine.Command;

/** What concerns the policy. */
@Command(
        name = "policy",
        description = "Who may ask for what.",
        subcommands = {PolicyShow.class, PolicyCheck.class})
public final class PolicyCommands extends Group {}
