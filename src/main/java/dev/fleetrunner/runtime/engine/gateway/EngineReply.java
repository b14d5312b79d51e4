package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the engine answered.
 *
 * @param body never null
 */
public record EngineReply(int status, byte[] body) {

    boolean ok() {
        return status >= 200 && status < 300;
    }

    JsonNode json() {
        return Json.parse(body);
    }

    /** This reply, if it is a good one; otherwise the engine's own refusal is thrown. */
    EngineReply orRefuse() {
        if (ok()) {
            return this;
        }
        throw new Refusal(status, Json.message(body));
    }
}
