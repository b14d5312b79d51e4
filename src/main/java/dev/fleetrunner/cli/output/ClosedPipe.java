package dev.fleetrunner.cli.output;

/** Nobody reads standard output any more: the command ends, and nobody is there to be told why. */
public final class ClosedPipe extends RuntimeException {
    ClosedPipe(Throwable cause) {
        super("standard output is closed", cause);
    }
}
