package dev.fleetrunner.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import java.io.IOException;
import java.util.List;

/**
 * What the service answered.
 *
 * @param status of HTTP
 * @param body as it came
 */
public record Answer(int status, byte[] body) {

    /** The body as a tree; read when it is asked for. */
    public JsonNode tree() {
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw new Refused(
                    status,
                    new Problem("HTTP " + status, "this is no answer of Fleet Runner", "check the address", List.of()));
        }
    }
}
