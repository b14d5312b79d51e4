package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON as the gateway reads and writes it. */
final class Json {
    private static final int DEEPEST = 64;
    private static final JsonMapper MAPPER = new JsonMapper();
    /** A name that is there twice could mean one thing here and another at the engine, and so could what follows. */
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** What a client sent. */
    static JsonNode strict(byte[] bytes) {
        try {
            return STRICT.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw Refusal.malformed("the body cannot be read: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Refusal.malformed("the body cannot be read: " + e.getMessage());
        }
    }

    static JsonNode strict(String text) {
        return strict(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What the engine said. */
    static JsonNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new Refusal(502, "the engine's answer is no JSON");
        }
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The words of an engine's error. */
    static String message(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        try {
            String message = MAPPER.readTree(text).path("message").asText("");
            return message.isEmpty() ? text : message;
        } catch (JsonProcessingException plain) {
            return text;
        }
    }

    /** Whether a value says nothing: null, false, 0, empty, or made of such. */
    static boolean isNothing(JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode part : value) {
                if (!isNothing(part)) {
                    return false;
                }
            }
            return true;
        }
        return value.isNull()
                || value.isMissingNode()
                || (value.isBoolean() && !value.asBoolean())
                || (value.isNumber() && value.asDouble() == 0)
                || (value.isTextual() && value.asText().isEmpty());
    }
}
