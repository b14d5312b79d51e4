package dev.fleetrunner.egress;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What the proxy itself says: short plain text, and the gist in the status line, as many tools show nothing else. */
final class Answers {
    static final int UNCLEAR = 400;
    static final int DENIED = 403;
    static final int UNREACHABLE = 502;

    private Answers() {}

    /** Answers and closes, unless an answer has begun: then only the connection's end can tell. */
    static void say(HttpServerRequest request, int status, String words) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.headers().clear();
        response.setStatusCode(status)
                .setStatusMessage(words.lines().findFirst().orElse("").replaceAll("[^ -~]", "?"))
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Connection", "close")
                .end("fleet-runner: " + words + "\n")
                .onComplete(said -> request.connection().close());
    }
}
