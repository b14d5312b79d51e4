package dev.fleetrunner.runtime;

import java.time.Instant;

/**
 * A container that bears our instance.
 *
 * @param ref its name
 * @param containerId the engine's id
 * @param state whether it was started and whether it has ended
 * @param image the image reference
 * @param createdAt when it was made
 */
public record OwnedContainer(ContainerRef ref, String containerId, State state, String image, Instant createdAt) {

    /** Where a container stands. */
    public enum State {
        PREPARED,
        RUNNING,
        ENDED
    }
}
