package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which ports of a new container are found at which ports of the task's own. Nothing is published on the engine's machine:
 * the numbers mean something in the task's network alone, so one that the task wishes for is its to have.
 */
final class NewPorts {
    /** Below what the kernel gives to outgoing connections. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;
    private static final int LARGEST = 65_535;
    private static final int MOST = 64;

    private NewPorts() {}

    static Map<String, Integer> of(JsonNode body, Surroundings around) {
        JsonNode bindings = body.path("HostConfig").path("PortBindings");
        Set<String> wanted = new TreeSet<>();
        bindings.fieldNames().forEachRemaining(wanted::add);
        if (body.path("HostConfig").path("PublishAllPorts").asBoolean()) {
            body.path("ExposedPorts").fieldNames().forEachRemaining(wanted::add);
            around.image().path("Config").path("ExposedPorts").fieldNames().forEachRemaining(wanted::add);
        }
        if (wanted.size() > MOST) {
            throw Refusal.forbidden("a container publishes at most " + MOST + " ports");
        }
        Set<Integer> taken = around.takenPorts();
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String port : wanted) {
            if (!port.matches("\\d{1,5}(/tcp)?") || Integer.parseInt(port.split("/")[0]) > LARGEST) {
                throw Refusal.forbidden("PortBindings " + port + ": single tcp ports can be published, no others");
            }
            int number = number(bindings.path(port).path(0).path("HostPort").asText(""), taken);
            taken.add(number);
            ports.put(port.split("/")[0] + "/tcp", number);
        }
        return ports;
    }

    private static int number(String wished, Set<Integer> taken) {
        if (wished.isEmpty() || wished.equals("0")) {
            int number = FIRST;
            while (taken.contains(number)) {
                number++;
            }
            if (number > LAST) {
                throw new Refusal(409, "all ports are taken");
            }
            return number;
        }
        if (!wished.matches("\\d{1,5}") || Integer.parseInt(wished) > LARGEST) {
            throw Refusal.malformed("PortBindings: " + wished + " is no port");
        }
        if (taken.contains(Integer.parseInt(wished))) {
            throw new Refusal(409, "port " + wished + " is taken: by another container of the task, or by its way out");
        }
        return Integer.parseInt(wished);
    }
}
