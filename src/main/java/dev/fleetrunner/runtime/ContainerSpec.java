package dev.fleetrunner.runtime;

import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a runtime is to run: an admitted spec, resolved. Nothing in it depends on one runtime.
 *
 * @param taskId the runner's id of the task
 * @param image the image reference
 * @param command the command and its arguments
 * @param env variables, secrets resolved
 * @param mounts binds and memory, sources already checked
 * @param user {@code uid:gid}
 * @param resources limits
 * @param named limits that the spec or the policy names and that therefore must be enforced, by their names in
 *     {@code enforced}
 * @param network what it may reach
 * @param deadlineSec run time after which the watchdog in the container ends it, in seconds
 * @param graceSec between TERM and KILL, in seconds
 * @param labels the caller's labels
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
    }
}
