package dev.fleetrunner.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sessions of browsers that signed in with a token. A session is a signed text in a cookie: owner and end. Nothing is
 * stored, so it outlives a restart and ends with its time or with the key.
 */
public final class Sessions {
    /** The cookie's name. */
    public static final String COOKIE = "fleet-session";

    /** How long a session lasts. */
    public static final Duration LENGTH = Duration.ofHours(12);

    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * @param secret the key in any form
     */
    public Sessions(String secret, Clock clock) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.clock = clock;
    }

    /** A new session's cookie value. */
    public String open(String owner) {
        String text = encode(owner.getBytes(StandardCharsets.UTF_8)) + "."
                + clock.instant().plus(LENGTH).getEpochSecond();
        return text + "." + encode(sign(text));
    }

    /** Whose session it is; empty for one that is forged or over. */
    public Optional<String> owner(String cookie) {
        int last = cookie.lastIndexOf('.');
        int first = cookie.indexOf('.');
        if (first < 0 || last == first) {
            return Optional.empty();
        }
        try {
            String text = cookie.substring(0, last);
            byte[] signature = Base64.getUrlDecoder().decode(cookie.substring(last + 1));
            if (!MessageDigest.isEqual(sign(text), signature)) {
                return Optional.empty();
            }
            Instant end = Instant.ofEpochSecond(Long.parseLong(cookie.substring(first + 1, last)));
            byte[] owner = Base64.getUrlDecoder().decode(cookie.substring(0, first));
            return clock.instant().isBefore(end)
                    ? Optional.of(new String(owner, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
