package dev.fleetrunner.egress;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Tells a client in plain text why its request is not carried. */
final class Answers {
    private Answers() {}

    static void refuse(HttpServerRequest request, Refused refused) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            request.connection().close();
        } else if (!response.closed()) {
            // What is left of the request is dropped; the connection ends behind it, so that the answer is not lost.
            request.resume();
            response.setStatusCode(refused.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .end(refused.getMessage());
        }
    }
}
