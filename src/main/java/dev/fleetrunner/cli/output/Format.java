package dev.fleetrunner.cli.output;

/** How data is written. */
public enum Format {
    /** The service's answer, unchanged. */
    json,
    /** The same, in YAML. */
    yaml,
    /** For people. */
    table
}
