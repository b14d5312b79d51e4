package dev.fleetrunner.contract;

import java.util.HashSet;
import java.util.Set;

/**
 * The limits that a spec or a policy can name, by their names in {@code enforced}. What is named must be enforced or
 * refused; a mere default that a runtime cannot enforce is left out of the receipt.
 */
public final class Limit {
    public static final String USER = "user";
    public static final String NETWORK = "network";
    public static final String MEMORY = "memoryBytes";
    public static final String CPUS = "cpus";
    public static final String PIDS = "pids";
    public static final String DISK = "disk";

    private Limit() {}

    /** What was written, and whatever differs from its default: somebody must have asked for that. */
    static Set<String> named(Set<String> written, Resources resources, TaskSpec.Network network, String user) {
        Set<String> named = new HashSet<>(written);
        Resources usual = Resources.DEFAULT;
        addIf(named, MEMORY, resources.memoryBytes() != usual.memoryBytes());
        addIf(named, CPUS, resources.cpuMillis() != usual.cpuMillis());
        addIf(named, PIDS, resources.pids() != usual.pids());
        addIf(named, DISK, resources.diskBytes() != null);
        addIf(named, NETWORK, !network.equals(TaskSpec.Network.NONE));
        addIf(named, USER, !user.equals(TaskSpec.DEFAULT_USER));
        return Set.copyOf(named);
    }

    private static void addIf(Set<String> named, String limit, boolean differs) {
        if (differs) {
            named.add(limit);
        }
    }
}
