package dev.fleetrunner.runtime;

import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.logs.LogChunk;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/**
 * A container whose command was started. To be consumed by one subscriber, who takes the output first and the exit
 * after it.
 */
public interface RunningContainer {

    /** When the command started, by the clock of the engine or of the container's init. */
    Instant startedAt();

    /**
     * The command's output, both streams in the order of arrival. Completes when the command's end is
     * known and every byte it wrote was delivered; the container need not be gone. Honours demand: a subscriber that does not ask slows the command down and loses nothing.
     */
    Multi<LogChunk> output();

    /** How the command ended; to be asked when {@link #output()} has completed. Non-zero and OOM are values.
     * Fails where the container was taken away and nobody knows its code: for its disk with {@code RESOURCE_LIMIT}, by
     * somebody else's hand with {@code ENGINE_FAILED}. */
    Uni<Exit> exit();

    /** What the engine says it enforces. May be asked at any time until the container is removed. */
    Uni<Enforced> enforced();
}
