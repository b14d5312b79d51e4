package dev.fleetrunner.security;

import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that this service answers for: every address, {@code localhost}, and those that are set. */
public final class HostNames {
    private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");
    private static final Pattern BRACKETS = Pattern.compile("^\\[(.*)]$");

    private final Set<String> names;

    /**
     * @param names besides, without ports
     */
    public HostNames(Collection<String> names) {
        this.names = names.stream().map(HostNames::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a host, with or without a port, is one of ours. Nobody can make an address lead elsewhere. */
    boolean isOurs(String host) {
        String name = plain(bare(host));
        return name.equals("localhost") || names.contains(name) || NetUtil.isValidIpV4Address(name) || isAddress6(name);
    }

    private static String bare(String host) {
        return isAddress6(host) ? host : PORT.matcher(host).replaceFirst("");
    }

    private static boolean isAddress6(String host) {
        return NetUtil.isValidIpV6Address(BRACKETS.matcher(host).replaceFirst("$1"));
    }

    /** Names are the same in any case, and with the root's dot. */
    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
