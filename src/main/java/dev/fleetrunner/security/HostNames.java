package dev.fleetrunner.security;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that this service answers for: every address, {@code localhost}, and those that are set. */
public final class HostNames {
    private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

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
        return name.equals("localhost")
                || names.contains(name)
                || IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches();
    }

    private static String bare(String host) {
        boolean wholeAddress = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
        return wholeAddress ? "[" + host + "]" : PORT.matcher(host).replaceFirst("");
    }

    /** Names are the same in any case, and with the root's dot. */
    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
