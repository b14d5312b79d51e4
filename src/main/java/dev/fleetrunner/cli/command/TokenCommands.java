package dev.fleetrunner.cli.command;

import picocli.CommandLine.Command;

/** What concerns the tokens. */
@Command(
        name = "token",
        description = "The tokens that open the service; for admins.",
        subcommands = {TokenCreate.class, TokenLs.class, TokenRevoke.class})
public final class TokenCommands extends Group {}
