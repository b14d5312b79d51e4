package dev.fleetrunner.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Failed attempts to get in, by address, over a minute. Bounded: of very many addresses the ones that failed longest
 * ago are forgotten. Thread-safe.
 */
public final class FailedAttempts {
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;
    private static final int IPV6_BYTES = 16;
    /** What a provider gives to one customer. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int limit;
    private final Clock clock;
    private final Map<String, Deque<Instant>> failed = new LinkedHashMap<>();

    /**
     * @param limit how many an address may have within a minute
     */
    public FailedAttempts(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** How long an address has to wait; empty if it may try. */
    public synchronized Optional<Duration> wait(String address) {
        Deque<Instant> times = failed.get(network(address));
        if (times == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        while (!times.isEmpty() && !times.getFirst().plus(SPAN).isAfter(now)) {
            times.removeFirst();
        }
        return times.size() < limit
                ? Optional.empty()
                : Optional.of(Duration.between(now, times.getFirst().plus(SPAN)));
    }

    /** Notes that an attempt failed. */
    public synchronized void add(String address) {
        String network = network(address);
        Deque<Instant> times = failed.remove(network);
        if (times == null) {
            times = new ArrayDeque<>();
        }
        times.addLast(clock.instant());
        if (times.size() > limit) {
            times.removeFirst();
        }
        failed.put(network, times);
        if (failed.size() > MOST_ADDRESSES) {
            failed.remove(failed.keySet().iterator().next());
        }
    }

    /** IPv6 by its network: whoever has one address there has them all. */
    private static String network(String address) {
        if (address == null || address.indexOf(':') < 0) {
            return String.valueOf(address);
        }
        try {
            byte[] bytes = InetAddress.getByName(address.replaceAll("%.*", "")).getAddress();
            return bytes.length == IPV6_BYTES
                    ? HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES)
                    : HexFormat.of().formatHex(bytes);
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
