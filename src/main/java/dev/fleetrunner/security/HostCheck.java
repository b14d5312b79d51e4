package dev.fleetrunner.security;

import dev.fleetrunner.contract.CauseCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses requests for a name that is not ours, on every route. A page of another site may have its own name lead to
 * our address (DNS rebinding), and its browser then takes our answers for the site's own; only the {@code Host} still
 * tells whom the request was meant for.
 */
@Singleton
class HostCheck {
    private static final int MISDIRECTED = 421;

    private final HostNames names;

    HostCheck(HostNames names) {
        this.names = names;
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::look);
    }

    /** Where a proxy is trusted to say the host, both are what it said: whoever is not that proxy is not believed. */
    private void look(RoutingContext context) {
        String sent = context.request().headers().get(HttpHeaders.HOST);
        HostAndPort authority = context.request().authority();
        String foreign = sent != null && !names.isOurs(sent) ? sent : null;
        if (foreign == null && authority != null && !names.isOurs(authority.host())) {
            foreign = authority.host();
        }
        if (foreign == null) {
            context.next();
            return;
        }
        ProblemAnswer.send(
                context,
                MISDIRECTED,
                "Misdirected Request",
                CauseCode.INVALID_REQUEST
                        .because("this service does not answer for the host that was asked for")
                        .withRemedy("use the address, localhost, or a name that the setting fleet.http.hosts lists"));
    }
}
