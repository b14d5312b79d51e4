package dev.fleetrunner.egress;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request wants to go.
 *
 * @param host a name in lower case without a dot at its end, or an address as its usual digits
 * @param port from 1 to 65535
 */
record Destination(String host, int port) {
    static final int HTTP = 80;
    static final int HTTPS = 443;

    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9a-f:.]{2,45}]|[a-z0-9_.-]{1,254}?)\\.?(?::([0-9]{1,5}))?");
    private static final Pattern URL = Pattern.compile("(?i)http://([^/?#]*)([/?][^#]*)?");
    /** A last label of digits alone is an address in some spelling (WHATWG URL, 3.5); only the usual one is taken. */
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private static final Pattern DOTTED =
            Pattern.compile("(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}");

    /**
     * A destination and what is asked for there.
     *
     * @param target path and query
     */
    record Request(Destination destination, String target) {}

    /** What a CONNECT names (RFC 9112, 3.2.3): host and port, nothing else. */
    static Optional<Destination> ofAuthority(String authority) {
        return read(authority, null);
    }

    /** What an absolute URI names (RFC 9112, 3.2.2); only {@code http}, without a user. */
    static Optional<Request> ofUrl(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String target = parts.group(2) == null ? "/" : parts.group(2);
        return read(parts.group(1), HTTP)
                .map(destination -> new Request(destination, target.startsWith("?") ? "/" + target : target));
    }

    private static Optional<Destination> read(String authority, Integer usualPort) {
        Matcher parts = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        if (!parts.matches() || parts.group(2) == null && usualPort == null) {
            return Optional.empty();
        }
        int port = parts.group(2) == null ? usualPort : Integer.parseInt(parts.group(2));
        String host = parts.group(1);
        return port < 1 || port > 65_535 || !isHost(host) ? Optional.empty() : Optional.of(new Destination(host, port));
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return true;
        }
        return NUMERIC.matcher(host).matches()
                ? DOTTED.matcher(host).matches()
                : NAME.matcher(host).matches();
    }

    /** The smallest rule of {@code network.allow} that allows it. */
    String rule() {
        return port == HTTP || port == HTTPS ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
