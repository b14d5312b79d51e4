package dev.fleetrunner.egress;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a request wants to go.
 *
 * @param host a name in lower case without the final dot, or an address as Java writes it
 * @param port from 1 to 65535
 * @param literal the address, if the host is one; null for a name
 */
record Target(String host, int port, InetAddress literal) {
    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    /** What some read as an address in other bases or with parts left out: nobody shall guess. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    /** The request does not say where it wants to go; the message says why. */
    static final class Unclear extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Unclear(String message) {
            super(message);
        }
    }

    /**
     * Reads {@code host}, {@code host:port} or {@code [address]:port}.
     *
     * @param defaultPort where none is given; 0 if one must be
     * @throws Unclear for anything else
     * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.2">RFC 3986, 3.2</a>
     */
    static Target of(String authority, int defaultPort) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            if (end < 0) {
                throw new Unclear("the address has no closing bracket");
            }
            return new Target(null, port(authority.substring(end + 1), defaultPort), null)
                    .at(authority.substring(1, end), true);
        }
        int colon = authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = port(colon < 0 ? "" : authority.substring(colon), defaultPort);
        return new Target(null, port, null).at(host, false);
    }

    private Target at(String written, boolean bracketed) {
        String name = written.toLowerCase(Locale.ROOT);
        if (bracketed) {
            return new Target("[" + name + "]", port, address(name, true));
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new Unclear("the host is not a name of letters, digits, hyphens and dots");
        }
        return ENDS_IN_A_NUMBER.matcher(name).matches()
                ? new Target(name, port, address(name, false))
                : new Target(name, port, null);
    }

    /** Netty takes four decimal numbers for IPv4, and no zone in IPv6 where its letters are not let in. */
    private static InetAddress address(String text, boolean six) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        boolean valid = six
                ? text.indexOf('%') < 0 && NetUtil.isValidIpV6Address(text)
                : NetUtil.isValidIpV4Address(text) && !text.matches("(?:.*\\.)?0[0-9].*");
        if (!valid || bytes == null) {
            throw new Unclear("the host looks like an address and is none");
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a wrong length", e);
        }
    }

    private static int port(String text, int defaultPort) {
        if (text.isEmpty() && defaultPort > 0) {
            return defaultPort;
        }
        if (!text.matches(":[0-9]{1,5}")) {
            throw new Unclear("the port is not a number from 1 to 65535");
        }
        int port = Integer.parseInt(text.substring(1));
        if (port < 1 || port > 65_535) {
            throw new Unclear("the port is not a number from 1 to 65535");
        }
        return port;
    }

    boolean isLiteral() {
        return literal != null;
    }

    /** The smallest rule of {@code network.allow} that would let it through. */
    String rule() {
        return HostRule.USUAL_PORTS.contains(port) ? host : host + ":" + port;
    }
}
