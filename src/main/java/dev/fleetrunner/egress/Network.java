package dev.fleetrunner.egress;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network of addresses (RFC 4632, RFC 4291).
 *
 * @param address any of its addresses, 4 or 16 bytes
 * @param bits how many of them, from the left, all its addresses share
 */
record Network(byte[] address, int bits) {

    /**
     * Reads it as it is usually written, {@code 10.1.2.0/24}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Network of(String text) {
        int slash = text.indexOf('/');
        byte[] address = slash < 0 ? null : NetUtil.createByteArrayFromIpAddressString(text.substring(0, slash));
        if (address == null || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(text + " is no network; write it like 10.1.2.0/24");
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits > address.length * Byte.SIZE) {
            throw new IllegalArgumentException(text + " has more bits than an address");
        }
        return new Network(address, bits);
    }

    static List<Network> of(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        if (bytes.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((bytes[bit / Byte.SIZE] & mask) != (address[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
