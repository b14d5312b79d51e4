package dev.fleetrunner.runtime.engine.gateway;

import java.util.Map;
import java.util.function.UnaryOperator;

/** What becomes of a call. */
sealed interface Reply {

    /** An answer of ours. */
    record Answer(int status, String type, byte[] body, Map<String, String> headers) implements Reply {}

    /**
     * The engine's own answer, handed on as it comes.
     *
     * @param uri at the engine, with the API's version
     * @param json the body that the engine gets; null for none, or for what the client is still sending
     * @param sends whether the client's body goes to the engine as it comes
     * @param hijack whether both ends then have the connection for themselves
     * @param lines what is made of each line of the answer, null drops it; null to hand on bytes
     */
    record Relay(String method, String uri, byte[] json, boolean sends, boolean hijack, UnaryOperator<String> lines)
            implements Reply {}

    static Answer json(int status, Object value) {
        return new Answer(status, "application/json", Json.bytes(value), Map.of());
    }

    static Answer empty(int status) {
        return new Answer(status, null, new byte[0], Map.of());
    }

    static Answer refused(Refusal refusal) {
        return json(refusal.status(), Map.of("message", refusal.getMessage()));
    }

    static Relay stream(String method, String uri, UnaryOperator<String> lines) {
        return new Relay(method, uri, null, false, false, lines);
    }
}
