package dev.fleetrunner.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Why the service refused a call.
 *
 * @param code from the contract's list of causes; {@code HTTP} and the status for an answer that is not the service's
 * @param detail what is wrong
 * @param remedy what to do about it; null if nobody said
 * @param faults of a bad document, all of them; empty otherwise
 */
public record Problem(String code, String detail, String remedy, List<Fault> faults) {

    /**
     * One fault of a document.
     *
     * @param pointer where it is, as a JSON pointer
     */
    public record Fault(String pointer, String message, String remedy) {}

    public static Problem of(int status, byte[] body) {
        JsonNode tree = tree(body);
        String code = tree == null ? null : Json.text(tree, "code");
        if (code == null) {
            return new Problem("HTTP " + status, "this is no answer of Fleet Runner", "check the address", List.of());
        }
        List<Fault> faults = new ArrayList<>();
        tree.path("faults")
                .forEach(fault -> faults.add(new Fault(
                        Json.text(fault, "pointer"), Json.text(fault, "message"), Json.text(fault, "remedy"))));
        String remedy = status == 401
                ? "give a token: --token, FLEET_TOKEN, or fleet config set NAME --token-file FILE"
                : Json.text(tree, "remedy");
        return new Problem(code, Json.text(tree, "detail"), remedy, faults);
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = Json.read(body);
            return tree.isObject() ? tree : null;
        } catch (IOException notJson) {
            return null;
        }
    }
}
