package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request that a route takes.
 *
 * @param target what it asks for
 * @param body what was sent; an empty object if nothing was
 * @param upgrade whether the client wants the connection for itself
 */
record Call(Target target, JsonNode body, boolean upgrade) {

    /** The name or id in the path. */
    String name() {
        return target.path().get(1);
    }

    /** A parameter, or the other value if it was not given. */
    String parameter(String name, String otherwise) {
        return target.query().getOrDefault(name, otherwise);
    }

    boolean flag(String name) {
        return List.of("1", "true", "True", "TRUE", "t").contains(parameter(name, ""));
    }

    /** Those of the parameters that may pass, encoded anew, with the question mark; empty if there are none. */
    String passing(String... names) {
        Map<String, String> passing = new LinkedHashMap<>();
        for (String name : names) {
            if (target.query().containsKey(name)) {
                passing.put(name, target.query().get(name));
            }
        }
        return query(passing);
    }

    static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encode(each.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
