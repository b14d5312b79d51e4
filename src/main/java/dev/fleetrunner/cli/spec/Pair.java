package dev.fleetrunner.cli.spec;

import dev.fleetrunner.cli.config.Misconfigured;

/** A name and a value, given as {@code NAME=VALUE}. */
record Pair(String name, String value) {

    /** Of an option's argument. */
    static Pair of(String option, String argument) {
        int at = argument.indexOf('=');
        if (at <= 0) {
            throw new Misconfigured(option + " " + argument + ": give NAME=VALUE");
        }
        return new Pair(argument.substring(0, at), argument.substring(at + 1));
    }
}
