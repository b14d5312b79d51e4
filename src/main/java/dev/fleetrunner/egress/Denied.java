package dev.fleetrunner.egress;

/**
 * A host that a task tried to reach and may not.
 *
 * @param rule the smallest entry of {@code network.allow} that stands for it
 * @param reason what stood in the way
 */
public record Denied(String rule, Reason reason) {

    /** What stands in the way. */
    public enum Reason {
        /** The spec does not name it. */
        NOT_ALLOWED,
        /** The spec names it, but its address is not the public internet's. */
        PRIVATE_ADDRESS
    }
}
