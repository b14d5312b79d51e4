package dev.fleetrunner.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Problem;
import dev.fleetrunner.cli.rest.Service;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service's side: its streamable HTTP transport, and the session that it gives. Thread-safe. */
final class Upstream {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String EVENTS = "text/event-stream";
    private static final int FAILED = -32000;

    private final Service service;
    private final Outgoing outgoing;
    private volatile String session;
    private volatile String version;

    Upstream(Service service, Outgoing outgoing) {
        this.service = service;
        this.outgoing = outgoing;
    }

    /** Sends a message and hands on all that comes back; a request that cannot be sent is answered with an error. */
    void send(Message message) {
        try {
            var response = exchange("POST", message.text());
            if (message.isInitialize()) {
                response.headers().firstValue(SESSION).ifPresent(given -> session = given);
            }
            take(message, response);
        } catch (IOException broken) {
            failed(
                    message,
                    service.unreachable(broken).getMessage() + "; start the service, or set its address: FLEET_URL");
        }
    }

    private void take(Message message, HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (type.startsWith(EVENTS)) {
                Events.read(body, answer -> handOn(message, answer));
            } else if (response.statusCode() < 400 || type.startsWith("application/json")) {
                String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                if (!answer.isBlank()) {
                    handOn(message, answer);
                }
            } else {
                Problem problem = Problem.of(response.statusCode(), body.readAllBytes());
                failed(message, problem.code() + ": " + problem.detail() + "; " + problem.remedy());
            }
        }
    }

    private void handOn(Message message, String answer) {
        if (message.isInitialize() && version == null) {
            version = version(answer);
        }
        outgoing.message(answer);
    }

    private static String version(String answer) {
        try {
            JsonNode json = Json.read(answer.getBytes(StandardCharsets.UTF_8));
            return Json.text(json.path("result"), "protocolVersion");
        } catch (IOException notJson) {
            return null;
        }
    }

    private void failed(Message message, String reason) {
        if (message.isRequest()) {
            outgoing.error(message.id(), FAILED, reason);
        }
    }

    /** Hands on what the service says unasked, and asks again when the stream ends; until the thread is interrupted. */
    void listen() {
        do {
            try {
                var response = exchange("GET", null);
                try (InputStream body = response.body()) {
                    if (response.statusCode() < 400) {
                        Events.read(body, outgoing::message);
                    }
                }
            } catch (IOException broken) {
                // It is looked for again, and a request says what is wrong.
                continue;
            }
        } while (paused());
    }

    private static boolean paused() {
        try {
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (InterruptedException over) {
            return false;
        }
    }

    /** Ends the session; the service would do so by itself after a while. */
    void leave() {
        if (session != null) {
            try {
                exchange("DELETE", null).body().close();
            } catch (IOException gone) {
                session = null;
            }
        }
    }

    private HttpResponse<InputStream> exchange(String method, String body) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", method.equals("GET") ? EVENTS : "application/json, " + EVENTS);
        headers.put("Content-Type", "application/json");
        if (session != null) {
            headers.put(SESSION, session);
        }
        if (version != null) {
            headers.put("MCP-Protocol-Version", version);
        }
        return service.exchange(
                method, Address.of("/mcp"), headers, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }
}
