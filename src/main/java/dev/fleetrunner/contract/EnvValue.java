package dev.fleetrunner.contract;

/** The value of a variable: given in the spec, or a reference to a secret that the service holds. */
public sealed interface EnvValue {

    /** A value as written in the spec. */
    record Literal(String value) implements EnvValue {}

    /** A secret by name, handed over as a file (its path in the variable) or in the variable itself. */
    record SecretRef(String name, As as) implements EnvValue {}

    /** How a secret reaches the task. */
    enum As {
        FILE,
        ENV
    }
}
