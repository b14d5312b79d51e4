package dev.fleetrunner.pipeline;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.security.AccessTokens;
import dev.fleetrunner.security.TokenForm;
import dev.fleetrunner.store.StoredToken;
import dev.fleetrunner.store.TokenStore;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The use cases of tokens: an administrator makes, lists and revokes them. */
public final class Tokens {
    /** How long is told of a token that is over. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final TokenStore store;
    private final AccessTokens tokens;
    private final Audit audit;
    private final Access access;
    private final Clock clock;

    public Tokens(TokenStore store, AccessTokens tokens, Audit audit, Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.audit = audit;
        this.access = new Access(audit);
        this.clock = clock;
    }

    /**
     * What a token is to be.
     *
     * @param lifetime how long it lasts; null for no end
     */
    public record Wish(String name, AccessRole role, Duration lifetime, Caller.Share share) {}

    /**
     * A new token.
     *
     * @param token the token itself, told this once
     * @param kept what is kept of it
     */
    public record Made(String token, StoredToken kept) {}

    /**
     * Makes a token. Completes when it is durable. Refused with {@code INVALID_REQUEST} for a name that cannot be one, or
     * that has another role.
     *
     * @param wished reads what is wished for, once it is clear that the caller may wish at all
     */
    public Uni<Made> create(Caller caller, Supplier<Wish> wished) {
        return Uni.createFrom()
                .deferred(() -> {
                    access.toAdminister(caller, "make tokens");
                    Wish wish = wished.get();
                    checkName(wish.name());
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    String token = TokenForm.fresh();
                    var kept = new StoredToken(
                            UlidCreator.getMonotonicUlid().toString(),
                            wish.name(),
                            wish.role(),
                            wish.share(),
                            TokenForm.hash(token),
                            now,
                            caller.name(),
                            wish.lifetime() == null ? null : now.plus(wish.lifetime()),
                            null);
                    return store.add(kept, now.minus(REMEMBERED))
                            .chain(() -> audit.record(Act.by(caller, AuditAction.TOKEN_CREATE, kept.id())
                                    .with("name", kept.name())
                                    .with("role", kept.role().word())))
                            .replaceWith(new Made(token, kept));
                })
                .onFailure(TokenStore.NameTaken.class)
                .transform(taken -> invalid(taken.getMessage() + ": choose another name, or revoke that one first"))
                .onFailure()
                .transform(StoreTrouble::refusal);
    }

    private static void checkName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw invalid("name must be 1 to 64 letters, digits, dots, underscores or hyphens, and begin with a letter"
                    + " or digit");
        }
        if (name.equals(AccessTokens.FIRST) || name.equals(Act.SERVICE)) {
            throw invalid(
                    "name must not be admin, which is the first token's, nor service, which is the runner itself in"
                            + " the audit");
        }
    }

    private static Refusal invalid(String message) {
        return Refusal.of(CauseCode.INVALID_REQUEST.because(message));
    }

    /** All tokens but the first, those that are over too, for 90 days; the newest first. */
    public Uni<List<StoredToken>> list(Caller caller) {
        return Uni.createFrom().deferred(() -> {
            access.toAdminister(caller, "list tokens");
            return store.all();
        });
    }

    /**
     * Revokes a token: from now on it opens nothing, and no session that was opened with it. Completes when that is
     * durable. Idempotent. Refused with {@code NOT_FOUND} if there is no such token, and with {@code INVALID_REQUEST} for
     * the first one.
     */
    public Uni<StoredToken> revoke(Caller caller, String tokenId) {
        return Uni.createFrom()
                .deferred(() -> {
                    access.toAdminister(caller, "revoke tokens");
                    if (AccessTokens.isFirst(tokenId)) {
                        throw invalid("the first token cannot be revoked here: set fleet.admin-token, or remove the"
                                + " file admin-token from the data directory, and start the service again");
                    }
                    return store.revoke(tokenId, clock.instant().truncatedTo(ChronoUnit.MILLIS));
                })
                .map(revoked -> revoked.orElseThrow(
                        () -> Refusal.of(CauseCode.NOT_FOUND.because("there is no token with this id"))))
                .invoke(revoked -> tokens.forget(revoked.id()))
                .call(revoked -> audit.record(
                        Act.by(caller, AuditAction.TOKEN_REVOKE, revoked.id()).with("name", revoked.name())))
                .onFailure()
                .transform(StoreTrouble::refusal);
    }

    /** Whether a token opens anything now. */
    public boolean isLive(StoredToken token) {
        return token.isLive(clock.instant());
    }
}
