package dev.fleetrunner.egress;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;

/**
 * A block of addresses, such as {@code 10.0.0.0/8}. Netty's own ({@code IpSubnetFilterRule} of 4.1) is not used: of IPv6 it
 * takes every address that begins with as many ones as the prefix is long.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, 3.1</a>
 */
final class Cidr {
    private final String text;
    private final byte[] first;
    private final int prefix;

    private Cidr(String text, byte[] first, int prefix) {
        this.text = text;
        this.first = first;
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException if it is not an address, a slash and the length of a prefix */
    static Cidr of(String text) {
        String[] parts = text.strip().split("/", -1);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        boolean whole = parts.length == 2 && parts[1].matches("[0-9]{1,3}");
        if (address == null || !whole || Integer.parseInt(parts[1]) > address.length * Byte.SIZE) {
            throw new IllegalArgumentException(text + " is not a block of addresses such as 10.1.0.0/16");
        }
        return new Cidr(text.strip(), address, Integer.parseInt(parts[1]));
    }

    boolean has(InetAddress address) {
        return has(address.getAddress());
    }

    /** Whether all of the other block lies in this one. */
    boolean has(Cidr other) {
        return other.prefix >= prefix && has(other.first);
    }

    /** Whether it is this address and no other. */
    boolean isOnly(InetAddress address) {
        return prefix == first.length * Byte.SIZE && has(address);
    }

    private boolean has(byte[] address) {
        int rest = first.length * Byte.SIZE - prefix;
        return address.length == first.length
                && new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, first).shiftRight(rest));
    }

    @Override
    public String toString() {
        return text;
    }
}
