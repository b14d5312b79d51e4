package dev.fleetrunner.security;

import dev.fleetrunner.app.StoreCodec;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.store.StoredToken;
import dev.fleetrunner.store.TokenStore;
import dev.fleetrunner.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in a real store. */
abstract class WithTokens {
    static final Duration SOON = Duration.ofSeconds(20);
    static final String FIRST = "a-first-token-thought-up";

    final HeldClock clock = new HeldClock();
    private final ExecutorService worker = Executors.newFixedThreadPool(2);

    @TempDir
    Path directory;

    SqliteStore store;
    AccessTokens tokens;

    @BeforeEach
    void openStore() {
        store = new SqliteStore(directory.resolve("state.db"), new StoreCodec(), worker);
        tokens = new AccessTokens(FIRST, store.tokens(), clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
        worker.shutdown();
    }

    TokenStore kept() {
        return store.tokens();
    }

    /** A token that the store has. */
    String token(String id, AccessRole role, Instant expiresAt) {
        String token = TokenForm.fresh();
        var stored = new StoredToken(
                id,
                "name-of-" + id,
                role,
                new Caller.Share(3, null),
                TokenForm.hash(token),
                clock.instant(),
                "admin",
                expiresAt,
                null);
        kept().add(stored, Instant.EPOCH).await().atMost(SOON);
        return token;
    }

    void revoke(String id) {
        kept().revoke(id, clock.instant()).await().atMost(SOON);
    }
}
