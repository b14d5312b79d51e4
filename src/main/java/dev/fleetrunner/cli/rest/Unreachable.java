package dev.fleetrunner.cli.rest;

/** The service does not answer, or stopped answering. */
public final class Unreachable extends RuntimeException {
    Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
