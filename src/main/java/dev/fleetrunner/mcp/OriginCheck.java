package dev.fleetrunner.mcp;

import dev.fleetrunner.security.SameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses what a page of another site asks through its reader's browser, as the protocol demands of its HTTP transport.
 * Programs send no {@code Origin}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">Transports, security</a>
 */
@Singleton
class OriginCheck {
    private static final int SECURITY_ERROR = -32001;

    void install(@Observes Router router) {
        router.route("/mcp*").order(Integer.MIN_VALUE + 1).handler(this::look);
    }

    private void look(RoutingContext context) {
        if (SameSite.is(context.request())) {
            context.next();
            return;
        }
        JsonObject error = new JsonObject()
                .put("code", SECURITY_ERROR)
                .put(
                        "message",
                        "FORBIDDEN: pages of other sites may not call this service; call it from a program, or "
                                + "list the site's name in fleet.http.hosts");
        context.response()
                .setStatusCode(403)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .putNull("id")
                        .put("error", error)
                        .encode());
    }
}
