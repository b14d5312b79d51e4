package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.runtime.ContainerRef;
import java.util.Locale;

/** Names and labels by which our containers, volumes and images are found again. */
final class Names {
    static final String LABEL_TASK = "fleetrunner.task";
    static final String LABEL_INSTANCE = "fleetrunner.instance";
    /** Seconds of run time after which the container's own watchdog ends it. */
    static final String LABEL_DEADLINE = "fleetrunner.deadline";

    /** The runtime that looks after it, where that is not named after the engine. */
    static final String LABEL_RUNTIME = "fleetrunner.runtime";

    static final String LABEL_ROLE = "fleetrunner.role";
    /** What a task may reach, if it may reach named hosts. */
    static final String LABEL_EGRESS = "fleetrunner.egress";

    /** On a task that has an engine of its own. */
    static final String LABEL_ENGINE = "fleetrunner.engine";

    /** Which images the containers of such a task may use. */
    static final String LABEL_IMAGES = "fleetrunner.images";

    static final String ROLE_TASK = "task";
    /** What a task has made by the engine of its own. */
    static final String ROLE_CHILD = "child";

    static final String ROLE_SEED = "seed";
    static final String ROLE_CACHE = "cache";
    /** The caller's labels, kept apart from ours. */
    static final String LABEL_USER_PREFIX = "fleetrunner.label.";

    static final String WORKSPACE = "/workspace";
    static final String HOME = "/home/agent";
    static final String INIT_DIRECTORY = "/.fleetrunner";
    /** Where the task finds the sockets that the runner serves. */
    static final String SOCKETS = "/run/fleet";

    static final String INIT = INIT_DIRECTORY + "/fleet-init";

    private static final int INSTANCE_PART = 12;

    private Names() {}

    static String container(ContainerRef ref) {
        return "fleetrunner-" + ref.taskId();
    }

    static String seed(ContainerRef ref) {
        return container(ref) + "-seed";
    }

    /** The seed of the volumes that the task may only read. */
    static String readOnlySeed(ContainerRef ref) {
        return container(ref) + "-seed-ro";
    }

    /** What the names of an instance's caches begin with. */
    static String cachePrefix(String instance) {
        String start = instance.substring(0, Math.min(INSTANCE_PART, instance.length()));
        return "fleetrunner-cache-" + start.toLowerCase(Locale.ROOT) + "-";
    }
}
