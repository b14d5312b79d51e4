package dev.fleetrunner.cli;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Shell;
import dev.fleetrunner.cli.rest.Service;

/** Where the process begins and ends. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = run(Shell.ofProcess(), arguments);
        Service.closeAll();
        System.exit(code);
    }

    /** Runs one command for a shell; the exit code. */
    public static int run(Shell shell, String... arguments) {
        Fleet fleet = new Fleet(shell);
        try {
            return Parsing.of(fleet, arguments).execute(arguments);
        } catch (LinkageError | OutOfMemoryError failure) {
            fleet.screen().note("fleet: internal error: " + failure);
            return ExitCode.INTERNAL;
        }
    }
}
