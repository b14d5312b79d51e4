package dev.fleetrunner.cli;

import dev.fleetrunner.cli.output.Shell;

/** Where the process begins and ends. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Shell.ofProcess(), arguments));
    }

    /** Runs one command for a shell; the exit code. */
    public static int run(Shell shell, String... arguments) {
        Fleet fleet = new Fleet(shell);
        return Parsing.of(fleet).execute(arguments);
    }
}
