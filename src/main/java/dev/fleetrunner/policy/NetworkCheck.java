package dev.fleetrunner.policy;

import dev.fleetrunner.contract.TaskSpec.Network;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import dev.fleetrunner.policy.Profile.Hosts;
import java.util.List;
import java.util.stream.Collectors;

/** How far the task may reach, and every host that it names. */
final class NetworkCheck implements Check {
    @Override
    public void look(Hearing hearing) {
        Network network = hearing.spec().network();
        Hosts hosts = hearing.profile().network();
        if (!hosts.modes().contains(network.mode())) {
            hearing.deny(
                    "/network/mode",
                    "network.mode " + network.mode().word(),
                    "network.modes: "
                            + hosts.modes().stream().map(Mode::word).sorted().collect(Collectors.joining(", ")));
            return;
        }
        List<String> asked = network.allow();
        for (int i = 0; i < asked.size(); i++) {
            String host = asked.get(i);
            if (hosts.allow().stream().noneMatch(pattern -> pattern.covers(host))) {
                hearing.deny("/network/allow/" + i, "the host " + host, "network.hosts: " + words(hosts.allow()));
            }
        }
    }

    private static String words(List<HostPattern> allowed) {
        return allowed.isEmpty()
                ? "none"
                : allowed.stream().map(HostPattern::toString).collect(Collectors.joining(", "));
    }
}
