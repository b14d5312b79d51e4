package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The networks that a new container joins: those of the task, or none. */
final class Endpoints {
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");
    private static final String CONTAINER = "container:";

    private final String mode;
    private final Map<String, Object> networks = new LinkedHashMap<>();

    /** @param name the container's, which is one of its names in each network */
    Endpoints(String name, String wished, JsonNode wishedEndpoints, Surroundings around) {
        if (wished.startsWith(CONTAINER)) {
            mode = CONTAINER
                    + around.child(wished.substring(CONTAINER.length())).id();
        } else if (wished.equals("none")) {
            mode = "none";
        } else if (wished.equals("host") || wished.startsWith("ns:")) {
            throw Refusal.forbidden("HostConfig.NetworkMode " + wished
                    + " is not open to tasks; publish a port, it is then found at localhost");
        } else {
            boolean unnamed = wished.isEmpty() || wished.equals("default") || wished.equals(Marks.DEFAULT_NETWORK);
            if (unnamed && !Json.isNothing(wishedEndpoints) || wishedEndpoints.size() == 1) {
                mode = around.network(network(wishedEndpoints.fieldNames().next()));
            } else {
                mode = around.network(unnamed ? Marks.DEFAULT_NETWORK : wished);
            }
            wishedEndpoints
                    .properties()
                    .forEach(each -> networks.put(
                            around.network(network(each.getKey())), Map.of("Aliases", aliases(name, each.getValue()))));
            networks.putIfAbsent(mode, Map.of("Aliases", List.of(name)));
        }
    }

    private static String network(String network) {
        return network.equals("default") ? Marks.DEFAULT_NETWORK : network;
    }

    /** The names of an endpoint; whatever else is wished for one has no effect. */
    static List<String> aliases(String name, JsonNode endpoint) {
        List<String> aliases = new ArrayList<>(List.of(name));
        for (JsonNode alias : endpoint.path("Aliases")) {
            if (!ALIAS.matcher(alias.asText()).matches()) {
                throw Refusal.malformed("the alias " + alias.asText() + " is no name of a host");
            }
            aliases.add(alias.asText());
        }
        return aliases;
    }

    String mode() {
        return mode;
    }

    /** Whether it has a network of its own to be reached on. */
    boolean reachable() {
        return !networks.isEmpty();
    }

    Map<String, Object> document() {
        return networks;
    }
}
