package dev.fleetrunner.runtime;

/**
 * A host that a task tried to reach and may not.
 *
 * @param rule the smallest entry of {@code network.allow} that stands for it
 * @param isPrivate whether no entry would help: it is not on the public internet
 */
public record DeniedHost(String rule, boolean isPrivate) {}
