package dev.fleetrunner.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.output.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Messages to the client, a line each. Thread-safe. */
final class Outgoing {
    private final OutputStream out;

    Outgoing(OutputStream out) {
        this.out = out;
    }

    /** Sends a message as it is; it may be spread over lines. */
    synchronized void message(String json) {
        try {
            out.write((json.strip().replace("\r", "").replace("\n", "") + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException nobodyReads) {
            throw new UncheckedIOException(nobodyReads);
        }
    }

    /**
     * Answers with an error.
     *
     * @param id of the request; null if it is not known
     */
    void error(JsonNode id, int code, String message) {
        ObjectNode answer = Json.object();
        answer.put("jsonrpc", "2.0").set("id", id);
        answer.putObject("error").put("code", code).put("message", message);
        message(new String(Json.write(answer), StandardCharsets.UTF_8));
    }
}
