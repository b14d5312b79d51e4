package dev.fleetrunner.egress;

import java.util.List;

/**
 * What {@code network.allow} says: {@code pypi.org}, {@code *.pypi.org} for every name below it, with {@code :8443} for one
 * port. Without a port those of HTTP and HTTPS.
 */
final class Rules {
    private final List<Rule> rules;

    private record Rule(String host, Integer port) {

        static Rule of(String text) {
            int colon = text.lastIndexOf(':');
            return colon < 0
                    ? new Rule(text, null)
                    : new Rule(text.substring(0, colon), Integer.valueOf(text.substring(colon + 1)));
        }

        boolean allows(Destination destination) {
            return allowsHost(destination.host()) && allowsPort(destination.port());
        }

        private boolean allowsHost(String asked) {
            return host.equals(asked) || host.startsWith("*.") && asked.endsWith(host.substring(1));
        }

        private boolean allowsPort(int asked) {
            return port == null ? asked == Destination.HTTP || asked == Destination.HTTPS : port == asked;
        }
    }

    Rules(List<String> allow) {
        this.rules = allow.stream().map(Rule::of).toList();
    }

    boolean allow(Destination destination) {
        return rules.stream().anyMatch(rule -> rule.allows(destination));
    }
}
