package dev.fleetrunner.runtime;

import java.util.List;

/**
 * What a task tried to reach and may not.
 *
 * @param hosts each as the smallest rule of {@code network.allow} that names it; sorted, distinct, bounded
 * @param notes what is worth knowing besides, such as why no rule would help
 */
public record DeniedHosts(List<String> hosts, List<String> notes) {
    public static final DeniedHosts NONE = new DeniedHosts(List.of(), List.of());

    public DeniedHosts {
        hosts = List.copyOf(hosts);
        notes = List.copyOf(notes);
    }
}
