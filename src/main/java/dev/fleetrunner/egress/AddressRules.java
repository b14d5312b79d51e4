package dev.fleetrunner.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which addresses a task may be connected to: those of the internet, and what the operator has opened. It judges the very
 * address that is then connected to.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA, special-purpose IPv4 addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA, special-purpose IPv6 addresses</a>
 */
public final class AddressRules {
    private static final int V4_LENGTH = 4;
    /** Where clouds answer those that they host; some of it lies in private blocks, which may be opened without it. */
    private static final List<Cidr> METADATA = blocks(
            "168.63.129.16/32",
            "100.100.100.200/32",
            "fd00:ec2::/32",
            "fd20:ce::/32",
            "169.254.0.0/16",
            "192.0.0.192/32");

    /** What an operator may open. */
    private static final List<Cidr> LOOPBACK = blocks("127.0.0.0/8", "::1/128");

    private static final List<Cidr> PRIVATE =
            blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    /** What nobody may open: link-local, multicast, broadcast, unspecified, reserved, for documents and benchmarks. */
    private static final List<Cidr> SPECIAL = blocks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20");

    /** All that is given out for the internet; the rest of IPv6 is special or not given out yet. */
    private static final Cidr GLOBAL_V6 = Cidr.of("2000::/3");

    private static final Cidr SIX_TO_FOUR = Cidr.of("2002::/16");
    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

    private final List<Cidr> opened;

    /**
     * @param opened blocks of private or loopback addresses that tasks may reach all the same, such as
     *     {@code 10.1.0.0/16}
     * @throws IllegalArgumentException if one is no block, or not within the private or loopback addresses
     */
    public AddressRules(List<String> opened) {
        this.opened = opened.stream().map(AddressRules::openable).toList();
    }

    private static Cidr openable(String text) {
        Cidr block;
        try {
            block = Cidr.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fleet.egress.private-addresses: " + e.getMessage(), e);
        }
        if (!within(PRIVATE, block) && !within(LOOPBACK, block)) {
            throw new IllegalArgumentException("fleet.egress.private-addresses: " + text
                    + " cannot be opened; a block must lie within one of "
                    + PRIVATE.stream().map(Cidr::toString).collect(Collectors.joining(", "))
                    + ", 127.0.0.0/8 or ::1/128");
        }
        return block;
    }

    private static boolean within(List<Cidr> blocks, Cidr block) {
        return blocks.stream().anyMatch(known -> known.has(block));
    }

    private static List<Cidr> blocks(String... texts) {
        return Arrays.stream(texts).map(Cidr::of).toList();
    }

    private static boolean in(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.has(address));
    }

    /** Why it may not be connected to, as the kind of address that it is; empty if it may. */
    Optional<String> refuse(InetAddress address) {
        if (in(METADATA, address)) {
            return Optional.of("link-local or metadata");
        }
        if (in(LOOPBACK, address)) {
            return in(opened, address) ? Optional.empty() : Optional.of("loopback");
        }
        if (isOwn(address)) {
            // Whoever opens a block thinks of other machines; whoever names this one means it.
            return opened.stream().anyMatch(block -> block.isOnly(address))
                    ? Optional.empty()
                    : Optional.of("this machine's own");
        }
        if (in(PRIVATE, address)) {
            return in(opened, address) ? Optional.empty() : Optional.of("private");
        }
        if (in(SPECIAL, address)) {
            return Optional.of("special-purpose");
        }
        return address instanceof Inet4Address ? Optional.empty() : refuseSix(address);
    }

    /** The machine's services are not the outside, even at an address of the internet. */
    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    /** Some addresses of IPv6 hold one of IPv4, and lead there. */
    private Optional<String> refuseSix(InetAddress address) {
        if (NAT64.has(address)) {
            return refuse(inside(address, 12));
        }
        if (SIX_TO_FOUR.has(address)) {
            return refuse(inside(address, 2));
        }
        return GLOBAL_V6.has(address) ? Optional.empty() : Optional.of("special-purpose");
    }

    private static InetAddress inside(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + V4_LENGTH));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a wrong length", e);
        }
    }
}
