package dev.fleetrunner.cli.command;

import picocli.CommandLine.Command;

/** What concerns the audit. */
@Command(
        name = "audit",
        description = "Who did what; for admins.",
        subcommands = {AuditLs.class, AuditExport.class, AuditHead.class})
public final class AuditCommands extends Group {}
