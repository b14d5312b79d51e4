package dev.fleetrunner.runtime;

import dev.fleetrunner.logs.LogChunk;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/**
 * A container whose command was started. To be consumed by one subscriber, who takes the output first and the exit
 * after it.
 */
public interface RunningContainer {

    /** When the command started, by the engine's clock. */
    Instant startedAt();

    /**
     * The command's output, both streams in the order of arrival. Completes when the container has ended and every byte
     * it wrote was delivered. Honours demand: a subscriber that does not ask slows the command down and loses nothing.
     */
    Multi<LogChunk> output();

    /** How the command ended; to be asked when {@link #output()} has completed. Non-zero and OOM are values. */
    Uni<Exit> exit();

    /** What the engine says it enforces. May be asked at any time until the container is removed. */
    Uni<dev.fleetrunner.contract.Enforced> enforced();
}
