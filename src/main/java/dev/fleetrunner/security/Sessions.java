package dev.fleetrunner.security;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sessions of browsers that signed in. A session is a signed text in a cookie: whose it is, and its end. Nothing is
 * stored, so it outlives a restart; it ends with its time, with the key, and with the token that it was opened with.
 */
public final class Sessions {
    /** The cookie's name. */
    public static final String COOKIE = "fleet-session";

    /** How long a session lasts that was opened with a token, unless the token ends before. */
    public static final Duration LENGTH = Duration.ofHours(12);

    private static final int PARTS = 5;

    private final SecretKeySpec key;
    private final AccessTokens tokens;
    private final boolean people;
    private final Clock clock;

    /**
     * @param secret the key in any form
     * @param people whether those who signed in elsewhere are let in
     */
    public Sessions(String secret, AccessTokens tokens, boolean people, Clock clock) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.tokens = tokens;
        this.people = people;
        this.clock = clock;
    }

    /**
     * A new session.
     *
     * @param cookie its text
     * @param length how long the browser is to keep it
     */
    public record Opened(String cookie, Duration length) {}

    /** A new session, of at most this length. */
    public Opened open(Holder holder, Duration length) {
        Instant now = clock.instant();
        Instant end = now.plus(length);
        if (holder.expiresAt() != null && holder.expiresAt().isBefore(end)) {
            end = holder.expiresAt();
        }
        String text = encode(holder.tokenId() == null ? "" : holder.tokenId()) + "." + encode(holder.name()) + "."
                + holder.role().word() + "." + end.getEpochSecond();
        return new Opened(text + "." + encode(sign(text)), Duration.between(now, end));
    }

    /** Whose session it is. One that is forged is not known; of one that is over, it says so. */
    public Uni<Found> find(String cookie) {
        Optional<Holder> signed = read(cookie);
        if (signed.isEmpty()) {
            return Uni.createFrom().item(new Found.Unknown());
        }
        Holder holder = signed.get();
        if (!clock.instant().isBefore(holder.expiresAt()) || holder.tokenId() == null && !people) {
            return Uni.createFrom().item(new Found.Ended("the session is over"));
        }
        // What the token may do is asked anew: the cookie only says which it was.
        return holder.tokenId() == null
                ? Uni.createFrom().item(new Found.Known(holder))
                : tokens.byId(holder.tokenId());
    }

    private Optional<Holder> read(String cookie) {
        String[] parts = cookie.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            String text = cookie.substring(0, cookie.lastIndexOf('.'));
            byte[] signature = Base64.getUrlDecoder().decode(parts[4]);
            if (!MessageDigest.isEqual(sign(text), signature)) {
                return Optional.empty();
            }
            return Optional.of(new Holder(
                    parts[0].isEmpty() ? null : decode(parts[0]),
                    decode(parts[1]),
                    AccessRole.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                    Caller.Share.WHOLE,
                    Instant.ofEpochSecond(Long.parseLong(parts[3]))));
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

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
