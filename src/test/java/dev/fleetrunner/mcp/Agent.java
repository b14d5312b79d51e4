package dev.fleetrunner.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.fleetrunner.console.WithoutEngine;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** An agent that is connected to the service under test; every answer is held to the tool's schema. */
public final class Agent implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final McpStreamableTestClient client;
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    private Agent(McpStreamableTestClient client) {
        this.client = client;
    }

    /** With the service's first token. */
    public static Agent connected() {
        return connected(WithoutEngine.TOKEN);
    }

    /** With any token. */
    public static Agent connected(String token) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("Authorization", "Bearer " + token);
        return new Agent(McpAssured.newStreamableClient()
                .setBaseUri(URI.create(ConfigProvider.getConfig()
                        .getValue("test.url", String.class)
                        .replaceAll("/$", "")))
                .setAdditionalHeaders(message -> headers)
                .setOpenSubsidiarySse(true)
                .build()
                .connect());
    }

    McpStreamableTestClient client() {
        return client;
    }

    /**
     * What a tool answered.
     *
     * @param json its structured content
     * @param bytes of the whole answer as it was sent
     */
    public record Reply(boolean error, String text, JsonNode json, int bytes) {
        String cause() {
            return json.at("/error/code").asText();
        }
    }

    /** Calls a tool; the arguments are JSON. */
    public Reply call(String tool, String arguments) {
        JsonNode answer = request("tools/call", "{\"name\": \"" + tool + "\", \"arguments\": " + arguments + "}");
        JsonNode result = answer.path("result");
        assertThat(result.isObject()).as(answer.toString()).isTrue();
        JsonNode structured = result.path("structuredContent");
        assertThat(schema(tool).validate(structured))
                .as(structured.toPrettyString())
                .isEmpty();
        String text = result.at("/content/0/text").asText();
        return new Reply(
                result.path("isError").asBoolean(),
                text,
                structured,
                answer.toString().getBytes(StandardCharsets.UTF_8).length);
    }

    /** Sends any request and gives its whole answer. */
    public JsonNode request(String method, String parameters) {
        JsonObject message = client.newRequest(method).put("params", new JsonObject(parameters));
        client.sendAndForget(message);
        return json(client.waitForResponse(message).encode());
    }

    private JsonSchema schema(String tool) {
        if (schemas.isEmpty()) {
            var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
            request("tools/list", "{}")
                    .at("/result/tools")
                    .forEach(known ->
                            schemas.put(known.path("name").asText(), factory.getSchema(known.path("outputSchema"))));
        }
        return schemas.get(tool);
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(text, notJson);
        }
    }

    @Override
    public void close() {
        client.disconnect();
    }
}
