package dev.fleetrunner.console.signin;

import dev.fleetrunner.security.Sessions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/**
 * A session as browsers keep it: out of reach of scripts and of other sites, and, where the connection is encrypted, never
 * sent over one that is not. Behind a proxy the scheme is the browser's if {@code quarkus.http.proxy} trusts the proxy.
 */
final class SessionCookie {
    private SessionCookie() {}

    static NewCookie of(HttpServerRequest request, Sessions.Opened opened) {
        return cookie(request, opened.cookie(), opened.length());
    }

    /** Makes the browser forget the session. */
    static NewCookie none(HttpServerRequest request) {
        return cookie(request, "", Duration.ZERO);
    }

    private static NewCookie cookie(HttpServerRequest request, String value, Duration length) {
        return new NewCookie.Builder(Sessions.COOKIE)
                .value(value)
                .path("/")
                .maxAge((int) length.toSeconds())
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure("https".equals(request.scheme()))
                .build();
    }
}
