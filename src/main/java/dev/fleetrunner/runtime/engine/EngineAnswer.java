package dev.fleetrunner.runtime.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.vertx.core.MultiMap;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;

/**
 * What an engine answered.
 *
 * @param status the HTTP status
 * @param headers may be null where they are of no interest
 * @param body never null
 */
record EngineAnswer(int status, MultiMap headers, Buffer body) {
    private static final JsonMapper JSON = new JsonMapper();

    static Buffer encode(Object json) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new RuntimeFailure(CauseCode.ENGINE_FAILED, "the engine's answer is no JSON: " + e.getMessage(), e);
        }
    }

    boolean ok() {
        return status >= 200 && status < 300;
    }

    JsonNode json() {
        return parse(body.getBytes());
    }

    /** The engine's own words; Docker has them in {@code message}, Podman the longer ones too. */
    String words() {
        String text = body.toString().strip();
        if (text.startsWith("{")) {
            String message = json().path("message").asText("");
            return message.isEmpty() ? text : message;
        }
        return text.isEmpty() ? "status " + status : text;
    }

    /** A failure with the engine's words. */
    RuntimeFailure failure(CauseCode code, String what) {
        return new RuntimeFailure(code, what + ": " + words() + " (status " + status + ")");
    }

    /** This answer, if it is a good one; the failure to throw otherwise. */
    EngineAnswer orFail(CauseCode code, String what) {
        if (ok()) {
            return this;
        }
        throw failure(code, what);
    }
}
