package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Variables as a client lists them. A name without a value is left out: engines fill it from their own environment, and
 * Podman does that with {@code *} for all of it.
 */
final class Environment {
    private Environment() {}

    static List<String> of(JsonNode wished) {
        List<String> variables = new ArrayList<>();
        wished.forEach(each -> {
            if (each.asText().indexOf('=') > 0) {
                variables.add(each.asText());
            }
        });
        return variables;
    }
}
