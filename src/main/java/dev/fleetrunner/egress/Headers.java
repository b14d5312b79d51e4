package dev.fleetrunner.egress;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Carries headers on, without those that are between two hops alone (RFC 9110, 7.6.1). */
final class Headers {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-authentication-info",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "host");

    private Headers() {}

    static void carry(MultiMap from, MultiMap to) {
        Set<String> left = new TreeSet<>(HOP_BY_HOP);
        from.getAll(HttpHeaders.CONNECTION).forEach(value -> {
            for (String name : value.split(",")) {
                left.add(name.strip().toLowerCase(Locale.ROOT));
            }
        });
        from.forEach(header -> {
            if (!left.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        });
    }
}
