package dev.fleetrunner.egress;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** Which addresses may be connected to, whatever the name was. Thread-safe. */
public final class Addresses {
    /** Never, whatever the operator opens: where clouds tell machines their secrets, and the link itself. */
    private static final List<Network> NEVER = Network.of(
            "169.254.0.0/16",
            "fe80::/10",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "fd00:ec2::254/128",
            "192.0.0.192/32");

    /**
     * All that is not the public internet.
     *
     * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 special-purpose addresses</a>
     * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 special-purpose addresses</a>
     */
    private static final List<Network> SPECIAL = Network.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    /** Of IPv6 only what is given out to the public, without what carries an IPv4 address inside. */
    private static final Network GLOBAL = Network.of("2000::/3");

    private static final List<Network> TUNNELS = Network.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<Network> opened;

    /**
     * @param opened networks that are not public and may be connected to nevertheless, such as {@code 10.1.2.0/24}
     * @throws IllegalArgumentException if one is no network
     */
    public Addresses(List<String> opened) {
        this.opened = opened.stream().map(Network::of).toList();
    }

    /** Whether it may be connected to. */
    boolean allow(InetAddress address) {
        return !in(NEVER, address) && (in(opened, address) || isPublic(address) && !isOwn(address));
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet6Address
                ? GLOBAL.contains(address) && !in(TUNNELS, address)
                : !in(SPECIAL, address);
    }

    /** The machine's own services are not the outside, even at a public address. */
    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    private static boolean in(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
