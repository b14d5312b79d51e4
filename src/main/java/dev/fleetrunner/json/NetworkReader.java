package dev.fleetrunner.json;

import dev.fleetrunner.contract.TaskSpec.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads {@code network}: how far the task may reach. */
final class NetworkReader {
    private static final int MAX_HOSTS = 64;
    private static final List<String> MODES = List.of("none", "restricted", "open");
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final String PORT =
            "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";
    private static final Shape HOST = new Shape(
            260,
            "(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")*(?::(?:" + PORT + "))?",
            "a host such as pypi.org, *.pypi.org or pypi.org:443",
            "write the host alone, without https:// and path");

    private NetworkReader() {}

    static Network read(Fields network) {
        String mode = network.find("mode").flatMap(value -> value.oneOf(MODES)).orElse("none");
        List<String> hosts = new ArrayList<>();
        for (Value item : network.items("allow", MAX_HOSTS)) {
            item.text(HOST).map(host -> host.toLowerCase(Locale.ROOT)).ifPresent(hosts::add);
        }
        if (!hosts.isEmpty() && !mode.equals("restricted")) {
            network.find("allow")
                    .ifPresent(allow -> allow.fault(
                            "has no meaning with the mode " + mode, "set network.mode to restricted, or leave it out"));
        }
        network.refuseOthers();
        return new Network(Network.Mode.valueOf(mode.toUpperCase(Locale.ROOT)), hosts);
    }
}
