package dev.fleetrunner.security;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/**
 * Whether a browser sends a request from one of our own pages. Programs that are no browsers send neither header and
 * pass: they have no cookie that another site could make use of.
 */
public final class SameSite {
    private SameSite() {}

    /**
     * By {@code Sec-Fetch-Site}, which browsers send where they trust the connection; else by {@code Origin}, which they
     * send with every form.
     *
     * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
     */
    public static boolean is(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin == null || authority(origin).equals(String.valueOf(request.authority()));
    }

    /** The scheme is left out: behind a proxy that ends TLS, ours differs from the browser's. */
    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
