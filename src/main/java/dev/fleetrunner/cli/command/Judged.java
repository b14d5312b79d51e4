package dev.fleetrunner.cli.command;

/** A command whose exit code is that of a task, so that its own troubles need one that tasks rarely have. */
public interface Judged {}
