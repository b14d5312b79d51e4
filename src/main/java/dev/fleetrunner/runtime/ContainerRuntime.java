package dev.fleetrunner.runtime;

import dev.fleetrunner.contract.Usage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Duration;

/**
 * Something that runs a task in a container of its own. The pipeline calls, for one task and in this order:
 * {@link #prepare}, {@link #start}, then {@link #stop} at most when it must, {@link #archive} when the command has ended,
 * and {@link #remove} always. After a restart of the runner {@link #owned} and {@link #adopt} take the place of the first
 * two. Different tasks are served concurrently.
 *
 * <p>No method blocks its caller. Each fails with {@link RuntimeFailure}, whose cause is from the closed list, and with
 * nothing else; an exit code, memory that ran out, or a runtime that is down are values, not failures. Cancelling a
 * subscription ends the work behind it and closes what it holds at the engine.
 */
public interface ContainerRuntime {

    /** The name that specs and results use: {@code podman}, {@code docker}, {@code kubernetes}. */
    String name();

    /** Looks whether it can run tasks now, and what it cannot enforce. Down is a value with a reason. */
    Uni<RuntimeStatus> probe();

    /**
     * Makes a container ready without starting the command: image (pulled if absent, with progress), container, volumes.
     * Emits what it does and ends with exactly one {@link Preparation.Ready}. What the spec names and this runtime
     * cannot enforce fails with {@code NOT_SUPPORTED} before anything is made. Idempotent per task: what an earlier
     * attempt left behind is replaced. After a cancellation {@link #remove} gives back what was made.
     */
    Multi<Preparation> prepare(ContainerSpec spec);

    /**
     * Starts the command of a prepared container, once, and hands its secrets over. Output is caught from its first byte. Fails with
     * {@code COMMAND_NOT_FOUND}, {@code MOUNT_INVALID} or {@code ENGINE_UNAVAILABLE} where the engine says so here.
     */
    Uni<RunningContainer> start(ContainerRef ref);

    /**
     * Takes over a container that was started before, running or ended, with its output from where it was left.
     * {@link RunningContainer#outputMissing} says whether the engine had thrown some of it away meanwhile. Fails with
     * {@code RUNNER_RESTARTED} if it is gone or was never started. May be called again whenever the output of a running
     * container has failed with {@code ENGINE_UNAVAILABLE}.
     */
    Uni<RunningContainer> adopt(ContainerRef ref, LogResume from);

    /** Usage as the engine measures it, about once a second, until the container ends. */
    Multi<Usage> usage(ContainerRef ref);

    /**
     * TERM to the command, {@code grace} for it to end, then KILL to all that is left. Completes when the container has
     * ended. Safe if it has ended before, was never started, is gone, or is being stopped already.
     */
    Uni<Void> stop(ContainerRef ref, Duration grace);

    /**
     * A file or directory of the container as a tar stream, at the pace of the subscriber. Works after the command has
     * ended and before {@link #remove}. Fails with {@code NOT_FOUND} if there is nothing at the path.
     */
    Multi<Buffer> archive(ContainerRef ref, String path);

    /**
     * What the task was kept from reaching up to now; nothing for one whose network is not {@code restricted}. To be asked
     * when the command has ended and before {@link #remove}; knows what happened before a restart of the runner, too.
     */
    Uni<DeniedHosts> denied(ContainerRef ref);

    /** Removes the container and all that was made for it, running or not. Safe twice, and for what never was. */
    Uni<Void> remove(ContainerRef ref);

    /** All containers that bear the runner's instance, in any state. Caches are not among them. */
    Multi<OwnedContainer> owned();

    /** All caches of the runner's instance, in use or not. Measuring them may take the engine a while. */
    Multi<KeptCache> caches();

    /**
     * Removes a cache unless a container has it, started or not.
     *
     * @return false if it is in use and was left; true if it is gone, or never was
     */
    Uni<Boolean> removeCache(String key);

    /**
     * Removes what this and older versions of the runner have made for their own use at the engine and nothing uses any
     * more. Safe at any time: what a task is being prepared with is left or made again.
     */
    Uni<Void> tidy();
}
