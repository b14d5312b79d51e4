package dev.fleetrunner.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an agent asks for: an image, a command, limits, and what to collect. Immutable and complete: every default is
 * filled in by the time a TaskSpec exists, except where {@code null} is named as meaning "not given".
 *
 * @param image the image reference; never null once admitted
 * @param cmd the command and its arguments; never empty
 * @param env variables by name, in the order given
 * @param mounts what is mounted, in the order given
 * @param timeouts limits of time
 * @param resources limits of consumption
 * @param artifacts what to collect at the end
 * @param context the caller's case, task and role
 * @param network what the task may reach
 * @param engine whether the task asks for a container engine of its own
 * @param isolation {@code default}, or the name of a stronger wall
 * @param user {@code uid:gid}, numeric
 * @param runtime {@code auto}, or the name of a runtime
 * @param labels the caller's own labels
 * @param priority from -100 to 100, higher first, among the tasks of one owner
 * @param named the limits that the caller asked for in so many words, by the names of {@link Limit}; a runtime that
 *     cannot enforce one of them refuses the task. A limit that differs from its default is always among them
 */
public record TaskSpec(
        String image,
        List<String> cmd,
        Map<String, EnvValue> env,
        List<Mount> mounts,
        Timeouts timeouts,
        Resources resources,
        Artifacts artifacts,
        Context context,
        Network network,
        boolean engine,
        String isolation,
        String user,
        String runtime,
        Map<String, String> labels,
        int priority,
        Set<String> named) {

    public static final String DEFAULT_USER = "1000:1000";
    public static final String AUTO = "auto";
    public static final String DEFAULT_ISOLATION = "default";

    public TaskSpec {
        cmd = List.copyOf(cmd);
        env = Ordered.copyOf(env);
        mounts = List.copyOf(mounts);
        labels = Ordered.copyOf(labels);
        named = Limit.named(named, resources, network, user);
    }

    /** A spec that names exactly the limits that differ from their defaults. */
    public TaskSpec(
            String image,
            List<String> cmd,
            Map<String, EnvValue> env,
            List<Mount> mounts,
            Timeouts timeouts,
            Resources resources,
            Artifacts artifacts,
            Context context,
            Network network,
            boolean engine,
            String isolation,
            String user,
            String runtime,
            Map<String, String> labels,
            int priority) {
        this(
                image, cmd, env, mounts, timeouts, resources, artifacts, context, network, engine, isolation, user,
                runtime, labels, priority, Set.of());
    }

    /** The same spec with another image; used where the default image is filled in. */
    public TaskSpec withImage(String other) {
        return new TaskSpec(
                other, cmd, env, mounts, timeouts, resources, artifacts, context, network, engine, isolation, user,
                runtime, labels, priority, named);
    }

    /** The same spec with other limits; those that differ from the defaults count as named. */
    public TaskSpec withLimits(Resources otherResources, Timeouts otherTimeouts) {
        return new TaskSpec(
                image,
                cmd,
                env,
                mounts,
                otherTimeouts,
                otherResources,
                artifacts,
                context,
                network,
                engine,
                isolation,
                user,
                runtime,
                labels,
                priority,
                named);
    }

    /** The same spec with a wall of another name. */
    public TaskSpec withIsolation(String other) {
        return new TaskSpec(
                image, cmd, env, mounts, timeouts, resources, artifacts, context, network, engine, other, user, runtime,
                labels, priority, named);
    }

    /** The same spec with an engine, and these mounts. */
    public TaskSpec withEngine(List<Mount> otherMounts) {
        return new TaskSpec(
                image,
                cmd,
                env,
                otherMounts,
                timeouts,
                resources,
                artifacts,
                context,
                network,
                true,
                isolation,
                user,
                runtime,
                labels,
                priority,
                named);
    }

    /** Paths and globs inside the container that are kept when the task ends. */
    public record Artifacts(List<String> paths) {
        public static final Artifacts NONE = new Artifacts(List.of());

        public Artifacts {
            paths = List.copyOf(paths);
        }
    }

    /** What the task may reach: {@code none}, {@code restricted} to {@code allow}, or {@code open}. */
    public record Network(Mode mode, List<String> allow) {
        public static final Network NONE = new Network(Mode.NONE, List.of());

        public Network {
            allow = List.copyOf(allow);
        }

        /** The modes, from closed to open. */
        public enum Mode {
            NONE,
            RESTRICTED,
            OPEN;

            /** The word of the contract, in lower case. */
            public String word() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }
    }
}
