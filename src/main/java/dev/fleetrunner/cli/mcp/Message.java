package dev.fleetrunner.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A message of a client (JSON-RPC 2.0): a request, a notification, an answer, or several of them.
 *
 * @param text as it came
 */
record Message(String text, JsonNode json) {
    static final int PARSE_ERROR = -32700;

    /** Reads one; null if it is not JSON. */
    static Message of(String line) {
        try {
            JsonNode json = Json.read(line.getBytes(StandardCharsets.UTF_8));
            return json.isObject() || json.isArray() ? new Message(line, json) : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    /** Its method; empty for an answer. */
    String method() {
        return json.path("method").asText("");
    }

    /** What its answer will bear; null if there will be none. */
    JsonNode id() {
        return json.get("id");
    }

    /** Whether it will be answered. */
    boolean isRequest() {
        return json.isArray() || json.has("id") && json.has("method");
    }

    boolean isInitialize() {
        return method().equals("initialize");
    }
}
