package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.Given;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.Service;
import picocli.CommandLine.ParentCommand;

/** A command that has only commands below it, and hands on what it has. */
abstract class Group implements Session {
    @ParentCommand
    private Session session;

    @Override
    public Screen screen() {
        return session.screen();
    }

    @Override
    public Given given() {
        return session.given();
    }

    @Override
    public Service service() {
        return session.service();
    }
}
