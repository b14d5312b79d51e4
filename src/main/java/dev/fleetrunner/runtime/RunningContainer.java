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
     * known and every byte it wrote was delivered; the container need not be gone. Fails with {@code ENGINE_UNAVAILABLE}
     * where the engine's stream breaks off and the container still runs, or nobody can tell: what was delivered until
     * then is exact, and {@link ContainerRuntime#adopt} goes on behind it. Honours demand: a subscriber that does not ask slows the command down and loses nothing.
     */
    Multi<LogChunk> output();

    /**
     * Whether the engine had thrown output away before it could be delivered here, so that the log has a gap. To be asked
     * before {@link #output}: true then means that the gap lies before it; and again when it has completed: the engine may
     * have done so while the output was read from its log, and where is not known.
     */
    default boolean outputMissing() {
        return false;
    }

    /** How the command ended; to be asked when {@link #output()} has completed. Non-zero and OOM are values. Fails with
     * {@code ENGINE_UNAVAILABLE} while the engine is away.
     * Fails where the container was taken away and nobody knows its code: for its disk with {@code RESOURCE_LIMIT}, by
     * somebody else's hand with {@code ENGINE_FAILED}. With that, too, where the command was not run as its secrets did not
     * reach it. */
    Uni<Exit> exit();

    /** What the engine says it enforces. May be asked at any time until the container is removed. */
    Uni<Enforced> enforced();
}
