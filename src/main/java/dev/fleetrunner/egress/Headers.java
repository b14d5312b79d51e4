package dev.fleetrunner.egress;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers a proxy passes on. */
final class Headers {
    /** Meant for the next hop alone, or written afresh by each hop. */
    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "content-length",
            "upgrade",
            "http2-settings",
            "host",
            "expect");

    private static final String VIA = "1.1 fleet-runner";

    private Headers() {}

    /**
     * Copies what belongs to the message and not to the connection.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110, 7.6.1</a>
     */
    static void pass(MultiMap from, MultiMap to) {
        Set<String> left = options(from);
        left.addAll(OF_ONE_HOP);
        from.forEach(header -> {
            if (!left.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        });
        to.add(HttpHeaderNames.VIA, VIA);
    }

    /** Whether the sender wants the connection closed behind this message. */
    static boolean isLast(MultiMap headers) {
        return options(headers).contains("close");
    }

    private static Set<String> options(MultiMap headers) {
        Set<String> options = new HashSet<>();
        for (String named : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : named.split(",")) {
                options.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return options;
    }

    /**
     * Refuses what two readers could understand differently.
     *
     * @throws Target.Unclear if the headers are not those of one request with one meaning
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-11.2">RFC 9112, 11.2</a>
     */
    static void check(MultiMap headers, boolean newest) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && (!newest || codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            throw new Target.Unclear("a transfer coding other than chunked is not understood here");
        }
        if (headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size() > 1
                || headers.getAll(HttpHeaderNames.HOST).size() > 1) {
            throw new Target.Unclear("Host and Content-Length may be given once");
        }
        headers.forEach(header -> {
            if (!header.getKey().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                    || header.getValue().chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
                throw new Target.Unclear("a header has control characters, or a name that is none");
            }
        });
    }
}
