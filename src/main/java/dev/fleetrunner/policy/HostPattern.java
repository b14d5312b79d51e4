package dev.fleetrunner.policy;

/**
 * Hosts that a policy allows: {@code pypi.org}, {@code *.pypi.org} for every name below it, {@code *} for all; with
 * {@code :8443} for one port, {@code :*} for all. Without a port those of HTTP and HTTPS, as in {@code network.allow}.
 *
 * @param host in lower case
 * @param port null for those of HTTP and HTTPS
 */
record HostPattern(String host, String port) {
    private static final String ANY = "*";

    static HostPattern of(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0
                ? new HostPattern(text, null)
                : new HostPattern(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Whether all that an entry of {@code network.allow} stands for is allowed by this. */
    boolean covers(String entry) {
        HostPattern asked = of(entry);
        return coversHost(asked.host) && coversPort(asked.port);
    }

    private boolean coversHost(String asked) {
        return host.equals(ANY) || host.equals(asked) || host.startsWith("*.") && asked.endsWith(host.substring(1));
    }

    private boolean coversPort(String asked) {
        if (ANY.equals(port)) {
            return true;
        }
        return port == null ? asked == null || asked.equals("80") || asked.equals("443") : port.equals(asked);
    }

    @Override
    public String toString() {
        return port == null ? host : host + ":" + port;
    }
}
