package dev.fleetrunner.security;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.store.StoredToken;
import dev.fleetrunner.store.TokenStore;
import io.smallrye.mutiny.Uni;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The tokens that open the service: the first one, which the data directory or the settings have, and those that were
 * given out. Compares hashes in constant time, so that no timing tells how much was right.
 */
public final class AccessTokens {
    /** The name of the first token, and so the owner of what it submits; no other token has it. */
    public static final String FIRST = "admin";

    private static final String FIRST_ID = "first-";
    private static final int ID_BYTES = 8;

    private final byte[] firstDigest;
    private final Holder first;
    private final TokenStore store;
    private final RecentTokens recent;
    private final Clock clock;

    /**
     * @param firstToken the first administrator's
     */
    public AccessTokens(String firstToken, TokenStore store, Clock clock) {
        this.firstDigest = TokenForm.digest(firstToken);
        this.first = new Holder(firstId(firstDigest), FIRST, AccessRole.ADMIN, Caller.Share.WHOLE, null);
        this.store = store;
        this.recent = new RecentTokens(clock);
        this.clock = clock;
    }

    /** Changes with the token, so that the sessions of one that was replaced are over. */
    private static String firstId(byte[] digest) {
        byte[] again = TokenForm.digest(HexFormat.of().formatHex(digest));
        return FIRST_ID + HexFormat.of().formatHex(again, 0, ID_BYTES);
    }

    /** The first token; it is not in the store and cannot be revoked. */
    public Holder first() {
        return first;
    }

    /** Whether it is the first token that has this id. */
    public static boolean isFirst(String tokenId) {
        return tokenId.startsWith(FIRST_ID);
    }

    /** What a token is. Only one that has our form is looked up. */
    public Uni<Found> find(String token) {
        if (MessageDigest.isEqual(firstDigest, TokenForm.digest(token))) {
            return Uni.createFrom().item(new Found.Known(first));
        }
        if (!TokenForm.fits(token)) {
            return Uni.createFrom().item(new Found.Unknown());
        }
        String hash = TokenForm.hash(token);
        return look(hash, store.byHash(hash)).map(found -> judge(found.filter(some -> same(some.hash(), hash))));
    }

    /** What the token of a session is now. */
    Uni<Found> byId(String tokenId) {
        if (isFirst(tokenId)) {
            return Uni.createFrom()
                    .item(tokenId.equals(first.tokenId()) ? new Found.Known(first) : new Found.Unknown());
        }
        return look(tokenId, store.byId(tokenId)).map(this::judge);
    }

    /** To be called when a token was revoked: from now on it opens nothing in this process. */
    public void forget(String tokenId) {
        recent.forget(tokenId);
    }

    private Uni<Optional<StoredToken>> look(String key, Uni<Optional<StoredToken>> asked) {
        return Uni.createFrom().deferred(() -> {
            Optional<StoredToken> known = recent.get(key);
            if (known.isPresent()) {
                return Uni.createFrom().item(known);
            }
            long changes = recent.changes();
            return asked.invoke(found -> found.ifPresent(token -> recent.put(key, token, changes)));
        });
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(one), HexFormat.of().parseHex(other));
    }

    private Found judge(Optional<StoredToken> found) {
        if (found.isEmpty()) {
            return new Found.Unknown();
        }
        StoredToken token = found.get();
        Instant now = clock.instant();
        if (token.isLive(now)) {
            return new Found.Known(Holder.of(token));
        }
        return new Found.Ended(
                token.revokedAt() != null
                        ? "this token was revoked at " + token.revokedAt()
                        : "this token expired at " + token.expiresAt());
    }
}
