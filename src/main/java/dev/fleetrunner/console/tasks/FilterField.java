package dev.fleetrunner.console.tasks;

/**
 * A filter as a field of a form.
 *
 * @param name of the parameter
 * @param label what it is called
 * @param hint what belongs there
 * @param value as it is; empty for none
 */
public record FilterField(String name, String label, String hint, String value) {}
