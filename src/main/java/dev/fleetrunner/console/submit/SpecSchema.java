package dev.fleetrunner.console.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What the schema says of each field: the form says the same. */
final class SpecSchema {
    private static final JsonNode SCHEMA = read();
    /** The fields of a spec, in the order of the contract. */
    static final List<String> NAMES = SCHEMA.get("properties").properties().stream()
            .map(Map.Entry::getKey)
            .toList();
    /** Limits that count for more when they are written, be it with their defaults. */
    private static final List<String> ENFORCEABLE = List.of("resources", "network", "user");

    private SpecSchema() {}

    /** What a field is, in a sentence or two; empty if the schema does not know it. */
    static String description(String name) {
        return at(name).path("description").asText();
    }

    /** What holds if it is left out; empty for nothing that could be written into a field. */
    static String usual(String name) {
        JsonNode usual = at(name).path("default");
        return usual.isValueNode() ? usual.asText() : "";
    }

    /** A spec as accepted without what it would have anyway, so that the form shows what was asked for. */
    static ObjectNode unusual(ObjectNode spec) {
        ObjectNode unusual = spec.deepCopy();
        NAMES.stream().filter(name -> !ENFORCEABLE.contains(name)).forEach(name -> leaveOut(unusual, name, at(name)));
        if (unusual.path("resources").isEmpty()) {
            unusual.remove("resources");
        }
        return unusual;
    }

    private static void leaveOut(ObjectNode object, String name, JsonNode schema) {
        if (object.get(name) instanceof ObjectNode section) {
            schema.path("properties")
                    .properties()
                    .forEach(field -> leaveOut(section, field.getKey(), field.getValue()));
        }
        JsonNode value = object.path(name);
        if (value.equals(schema.path("default")) || value.isContainerNode() && value.isEmpty()) {
            object.remove(name);
        }
    }

    private static JsonNode at(String name) {
        return SCHEMA.at("/properties/" + name.replace(".", "/properties/"));
    }

    private static JsonNode read() {
        try (InputStream in = SpecSchema.class.getResourceAsStream("/schema/task-spec.schema.json")) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
