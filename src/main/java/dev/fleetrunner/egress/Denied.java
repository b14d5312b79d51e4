package dev.fleetrunner.egress;

import java.util.List;

/**
 * What a task was denied.
 *
 * @param hosts sorted by host
 * @param more whether there was more than that
 */
public record Denied(List<Denial> hosts, boolean more) {
    static final Denied NOTHING = new Denied(List.of(), false);

    public Denied {
        hosts = List.copyOf(hosts);
    }
}
