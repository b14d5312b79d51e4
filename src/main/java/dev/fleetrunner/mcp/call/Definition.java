package dev.fleetrunner.mcp.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What clients are told of a tool: {@code mcp/tools/NAME.json} with its {@code title}, {@code description},
 * {@code annotations}, {@code input} and {@code output}. The output is the name of a file in {@code mcp/answers}. A
 * property {@code {"include": NAME}} stands for {@code schema/NAME.schema.json}, whose definitions move to the root.
 */
record Definition(String title, String description, ToolAnnotations annotations, Map<?, ?> input, Map<?, ?> output) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DEFS = "$defs";

    static Definition of(String tool) {
        JsonNode json = read("mcp/tools/" + tool + ".json");
        JsonNode hints = json.path("annotations");
        return new Definition(
                json.path("title").asText(),
                json.path("description").asText(),
                new ToolAnnotations(
                        json.path("title").asText(),
                        hints.path("readOnly").asBoolean(),
                        hints.path("destructive").asBoolean(),
                        hints.path("idempotent").asBoolean(),
                        hints.path("openWorld").asBoolean()),
                map(input((ObjectNode) json.path("input"))),
                map(output(
                        (ObjectNode) read("mcp/answers/" + json.path("output").asText() + ".json"))));
    }

    private static ObjectNode input(ObjectNode input) {
        ObjectNode properties = (ObjectNode) input.path("properties");
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String included = property.getValue().path("include").asText(null);
            if (included != null) {
                ObjectNode schema = (ObjectNode) read("schema/" + included + ".schema.json");
                schema.remove("$schema");
                schema.remove("$id");
                JsonNode definitions = schema.remove(DEFS);
                if (definitions != null) {
                    input.set(DEFS, definitions);
                }
                properties.set(property.getKey(), schema);
            }
        }
        return input;
    }

    /** An error has structure, too, and clients hold every answer to the schema. */
    private static ObjectNode output(ObjectNode output) {
        ObjectNode properties = (ObjectNode) output.path("properties");
        properties.set("error", read("mcp/answers/error.json"));
        JsonNode required = output.remove("required");
        output.putArray("anyOf")
                .add(MAPPER.createObjectNode().set("required", required))
                .add(MAPPER.createObjectNode()
                        .set("required", MAPPER.createArrayNode().add("error")));
        return output;
    }

    private static Map<?, ?> map(JsonNode json) {
        return MAPPER.convertValue(json, Map.class);
    }

    private static JsonNode read(String resource) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return MAPPER.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
