package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.egress.Egress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a new container is made among.
 *
 * @param marks the task's
 * @param others the task's containers
 * @param networks the task's networks: from name and from id to the engine's name
 * @param image what the engine says of its image
 * @param security what every container gets of {@code HostConfig.SecurityOpt}
 * @param left what is left of the task's budget
 * @param peers names of running containers by network, with their addresses; empty where the engine answers for names
 */
record Surroundings(
        Marks marks,
        Collection<Child> others,
        Map<String, String> networks,
        JsonNode image,
        List<String> security,
        Share left,
        Map<String, List<String>> peers) {

    Set<Integer> takenPorts() {
        Set<Integer> taken = others.stream()
                .flatMap(child -> child.ports().values().stream())
                .collect(Collectors.toSet());
        taken.add(Egress.PORT);
        return taken;
    }

    String network(String name) {
        String real = networks.get(name);
        if (real == null) {
            throw Refusal.notFound("network", name);
        }
        return real;
    }

    Child child(String name) {
        return others.stream()
                .filter(child ->
                        child.id().equals(name) || child.name().equals(name.startsWith("/") ? name.substring(1) : name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("container", name));
    }
}
