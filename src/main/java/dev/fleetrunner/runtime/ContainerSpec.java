package dev.fleetrunner.runtime;

import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a runtime is to run: an admitted spec, resolved. Nothing in it depends on one runtime.
 *
 * @param taskId the runner's id of the task
 * @param image the image reference
 * @param command the command and its arguments
 * @param env variables, secrets resolved
 * @param mounts what is mounted, sources already checked; no two on one target
 * @param user {@code uid:gid}
 * @param resources limits
 * @param named limits that the spec or the policy names and that therefore must be enforced, by their names in
 *     {@code enforced}
 * @param network what it may reach
 * @param deadlineSec run time after which the watchdog in the container ends it, in seconds
 * @param graceSec between TERM and KILL, in seconds
 * @param labels the caller's labels
 * @param engine whether it gets an engine of its own, for containers that it makes itself
 * @param logBytes how much of the output the engine keeps for a takeover
 */
public record ContainerSpec(
        String taskId,
        String image,
        List<String> command,
        Map<String, String> env,
        List<MountSpec> mounts,
        String user,
        Resources resources,
        Set<String> named,
        TaskSpec.Network network,
        int deadlineSec,
        int graceSec,
        Map<String, String> labels,
        boolean engine,
        long logBytes) {

    public ContainerSpec {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        mounts = List.copyOf(mounts);
        named = Set.copyOf(named);
        labels = Map.copyOf(labels);
    }

    /** A mount as a runtime understands it. */
    public sealed interface MountSpec {
        /** Absolute path in the container. */
        String target();

        /** A checked path of the engine's machine. */
        record Bind(String source, String target, boolean readOnly) implements MountSpec {}

        /** Memory. */
        record Tmpfs(String target, long sizeBytes) implements MountSpec {}

        /**
         * Files of the task's own, put there before the start; the directory belongs to the spec's user. A copy below
         * another copy may get what the outer one has at its place.
         *
         * @param name what the files are, for messages
         * @param tar gives them: first the directory itself as {@code ./}, then what is in it, all names relative,
         *     owners as they shall be. A failure of the stream fails the preparation with {@code MOUNT_INVALID} and the
         *     failure's words, or with its own cause if it is a {@link RuntimeFailure}.
         */
        record Copy(String target, boolean readOnly, String name, Supplier<Multi<Buffer>> tar) implements MountSpec {}

        /**
         * A directory that is kept between tasks and may be used by many at once; it belongs to the spec's user.
         *
         * @param key names it: 1 to 64 of {@code a-z0-9}. Equal keys are one directory, so tasks of different users or
         *     owners must not share one.
         */
        record Cache(String target, String key) implements MountSpec {
            public Cache {
                if (!key.matches("[a-z0-9]{1,64}")) {
                    throw new IllegalArgumentException("a cache's key is 1 to 64 of a-z0-9, not " + key);
                }
            }
        }
    }
}
