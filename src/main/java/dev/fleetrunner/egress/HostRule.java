package dev.fleetrunner.egress;

import java.util.Locale;
import java.util.Set;

/**
 * One rule of {@code network.allow}.
 *
 * @param host the name, or for a wildcard the name below which everything is meant
 * @param below whether all names below the host are meant, at any depth, rather than the host itself
 * @param port the port; 0 for 80 and 443
 */
record HostRule(String host, boolean below, int port) {
    /** What a rule without a port lets through: HTTP and HTTPS. */
    static final Set<Integer> USUAL_PORTS = Set.of(80, 443);

    private static final String WILDCARD = "*.";

    /** Reads {@code pypi.org}, {@code *.pypi.org} or {@code pypi.org:443}, as the contract has checked it. */
    static HostRule of(String text) {
        String rule = text.toLowerCase(Locale.ROOT);
        int colon = rule.indexOf(':');
        String name = colon < 0 ? rule : rule.substring(0, colon);
        boolean below = name.startsWith(WILDCARD);
        return new HostRule(
                below ? name.substring(WILDCARD.length()) : name,
                below,
                colon < 0 ? 0 : Integer.parseInt(rule.substring(colon + 1)));
    }

    /** A wildcard never means an address. */
    boolean allows(Target target) {
        boolean named = below
                ? !target.isLiteral() && target.host().endsWith("." + host)
                : target.host().equals(host);
        return named && (port == 0 ? USUAL_PORTS.contains(target.port()) : port == target.port());
    }
}
