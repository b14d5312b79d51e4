package dev.fleetrunner.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A record of a log.
 *
 * @param seq its number, from 1
 * @param stream stdout, stderr, or runner for what the service itself has to say
 * @param bytes as the command wrote them, with the newline if there was one
 * @param json as the service sent it, without a newline
 */
public record LogLine(long seq, String stream, byte[] bytes, byte[] json) {

    static LogLine of(byte[] json) throws IOException {
        JsonNode record = Json.read(json);
        return new LogLine(record.path("seq").asLong(), record.path("stream").asText(), bytes(record), json);
    }

    private static byte[] bytes(JsonNode record) {
        JsonNode gap = record.path("gap");
        byte[] bytes = record.hasNonNull("b64")
                ? Base64.getDecoder().decode(record.get("b64").asText())
                : gap.isObject()
                        ? ("[" + gap.path("bytes").asText("?") + " bytes are missing here: "
                                        + gap.path("reason").asText() + "]")
                                .getBytes(StandardCharsets.UTF_8)
                        : record.path("text").asText().getBytes(StandardCharsets.UTF_8);
        if (!record.path("eol").asBoolean()) {
            return bytes;
        }
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }
}
