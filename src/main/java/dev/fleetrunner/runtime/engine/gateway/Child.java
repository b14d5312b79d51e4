package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A container that a task has made.
 *
 * @param id the engine's, whole
 * @param name as the task knows it
 * @param running whether it runs
 * @param ports which port of the task's own leads to which of its: {@code 6379/tcp} to 20000
 * @param share what it has of the task's budget
 */
record Child(String id, String name, boolean running, Map<String, Integer> ports, Share share) {

    /** One of a list of containers. */
    static Child of(JsonNode row, Marks marks) {
        String name = marks.shown(row.path("Names").path(0).asText().replaceFirst("^/", ""));
        JsonNode labels = row.path("Labels");
        return new Child(
                row.path("Id").asText(),
                name,
                row.path("State").asText().equals("running"),
                ports(labels.path(Marks.PORTS).asText()),
                Share.of(labels.path(Marks.SHARE).asText()));
    }

    private static Map<String, Integer> ports(String label) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String pair : label.split(",")) {
            String[] sides = pair.split("=");
            if (sides.length == 2) {
                ports.put(sides[0], Integer.parseInt(sides[1]));
            }
        }
        return ports;
    }

    /** The ports as a label's value. */
    static String label(Map<String, Integer> ports) {
        StringBuilder label = new StringBuilder();
        ports.forEach((port, number) -> label.append(label.isEmpty() ? "" : ",")
                .append(port)
                .append("=")
                .append(number));
        return label.toString();
    }
}
