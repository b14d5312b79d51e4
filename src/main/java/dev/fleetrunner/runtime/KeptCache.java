package dev.fleetrunner.runtime;

import java.time.Instant;

/**
 * A directory that is kept between tasks, see {@link ContainerSpec.MountSpec.Cache}.
 *
 * @param key its name
 * @param sizeBytes what it takes; null where the runtime does not tell
 * @param createdAt when it was made
 */
public record KeptCache(String key, Long sizeBytes, Instant createdAt) {}
