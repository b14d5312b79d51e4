package dev.fleetrunner.egress;

import java.time.Duration;

/**
 * What one task may take of the proxy.
 *
 * @param connections how many at once; one more is closed
 * @param headerBytes the size of a request's line and of its headers, each
 * @param head how long a request's head may take to come
 * @param idle after which a connection that carries nothing is closed
 * @param connect how long an address may take to be connected to
 */
record Limits(int connections, int headerBytes, Duration head, Duration idle, Duration connect) {
    static final Limits USUAL =
            new Limits(256, 32 << 10, Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofSeconds(10));
}
