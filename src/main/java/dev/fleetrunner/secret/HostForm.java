package dev.fleetrunner.secret;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A secret in the name of a host, as those are shown: in lower case, without the dot at the end. */
final class HostForm {
    /** What a name may be of (RFC 1123, 2.1), and how long (RFC 1035, 3.1, as text). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}");

    private HostForm() {}

    /** Nothing for what no name can hold. */
    static Optional<byte[]> of(byte[] secret) {
        String text = new String(secret, StandardCharsets.ISO_8859_1);
        if (!NAME.matcher(text).matches()) {
            return Optional.empty();
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return Optional.of(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    }
}
