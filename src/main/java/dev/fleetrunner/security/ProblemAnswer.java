package dev.fleetrunner.security;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.web.LingeringClose;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Refuses a request before any door has seen it, in the form of all our errors (RFC 9457). */
final class ProblemAnswer {
    private ProblemAnswer() {}

    static Future<Void> send(RoutingContext context, int status, String title, Cause cause) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", cause.message())
                .put("code", cause.code().name())
                .put("remedy", cause.remedy())
                .put("retryable", cause.retryable());
        if (hasBody(context.request())) {
            LingeringClose.after(context);
        }
        return context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(problem.encode());
    }

    /** Of one that is refused here nobody has read anything yet. */
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0") || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}
