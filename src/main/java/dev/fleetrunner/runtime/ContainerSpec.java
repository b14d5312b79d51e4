package dev.fleetrunner.runtime;

import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.SecretValue;
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
 * @param env variables; those that hold a secret are not among them
 * @param mounts what is mounted, sources already checked; no two on one target
 * @param user {@code uid:gid}
 * @param resources limits
 * @param named limits that the spec or the policy names and that therefore must be enforced, by their names in
 *     {@code enforced}
 * @param network what it may reach
 * @param isolation {@code default}, or the name of a stronger wall
 * @param grant what the policy gave it
 * @param deadlineSec run time after which the watchdog in the container ends it, in seconds
 * @param graceSec between TERM and KILL, in seconds
 * @param labels the caller's labels
 * @param engine whether it gets an engine of its own, for containers that it makes itself
 * @param logBytes how much of the output the engine keeps for a takeover
 * @param secrets what the command gets beside its environment; no two files of one name
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
        String isolation,
        Grant grant,
        int deadlineSec,
        int graceSec,
        Map<String, String> labels,
        boolean engine,
        long logBytes,
        List<Secret> secrets) {

    public ContainerSpec {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        mounts = List.copyOf(mounts);
        named = Set.copyOf(named);
        labels = Map.copyOf(labels);
        secrets = List.copyOf(secrets);
    }

    /** The directory in the container that holds the secrets which are files. */
    public static final String SECRETS = "/run/secrets";

    /**
     * What a command gets so that nobody else sees it: no runtime puts it into a container's configuration, on a disk or
     * into a message. It is there before the command starts, and only in memory.
     */
    public sealed interface Secret {
        /** Of the file, or of the variable. */
        String name();

        /** What it holds. */
        SecretValue value();

        /** A file in {@link #SECRETS}, which its user alone may read. */
        record File(String name, SecretValue value) implements Secret {}

        /** A variable of the command's environment; there is no NUL in it. */
        record Variable(String name, SecretValue value) implements Secret {}
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
