package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.runtime.ContainerRef;

/** Names and labels by which our containers, volumes and images are found again. */
final class Names {
    static final String LABEL_TASK = "fleetrunner.task";
    static final String LABEL_INSTANCE = "fleetrunner.instance";
    /** Seconds of run time after which the container's own watchdog ends it. */
    static final String LABEL_DEADLINE = "fleetrunner.deadline";

    static final String LABEL_ROLE = "fleetrunner.role";
    static final String ROLE_TASK = "task";
    static final String ROLE_SEED = "seed";
    /** The caller's labels, kept apart from ours. */
    static final String LABEL_USER_PREFIX = "fleetrunner.label.";

    static final String WORKSPACE = "/workspace";
    static final String HOME = "/home/agent";
    static final String INIT_DIRECTORY = "/.fleetrunner";
    static final String INIT = INIT_DIRECTORY + "/fleet-init";

    private Names() {}

    static String container(ContainerRef ref) {
        return "fleetrunner-" + ref.taskId();
    }

    static String seed(ContainerRef ref) {
        return container(ref) + "-seed";
    }
}
