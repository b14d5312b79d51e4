package dev.fleetrunner.cli.config;

/** An option, a variable or the configuration says what cannot be done; the message has the remedy. */
public final class Misconfigured extends RuntimeException {
    /** With a message that names the option and the remedy. */
    public Misconfigured(String message) {
        super(message);
    }
}
