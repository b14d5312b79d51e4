package dev.fleetrunner.store;

import static dev.fleetrunner.store.Appending.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller.Share;
import dev.fleetrunner.store.TokenStore.NameTaken;
import io.smallrye.mutiny.Multi;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keeping tokens. */
interface TokenContract {
    Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
    Instant LONG_AGO = NOON.minusSeconds(1_000_000);

    StoreFixture fixture();

    private TokenStore tokens() {
        return fixture().tokens();
    }

    private static StoredToken token(String id, String name, AccessRole role, Instant expiresAt, Instant revokedAt) {
        return new StoredToken(
                id, name, role, new Share(2, null), "hash-of-" + id, NOON, "admin", expiresAt, revokedAt);
    }

    private static StoredToken live(String id, String name, AccessRole role) {
        return token(id, name, role, null, null);
    }

    private StoredToken add(StoredToken token) {
        tokens().add(token, LONG_AGO).await().atMost(SOON);
        return token;
    }

    private Optional<StoredToken> byId(String id) {
        return tokens().byId(id).await().atMost(SOON);
    }

    @Test
    default void aTokenIsFoundByHashAndByIdAlsoAfterReopening() {
        StoredToken token = add(token("a", "ci", AccessRole.AGENT, NOON.plusSeconds(5), null));

        fixture().reopen();

        assertThat(tokens().byHash("hash-of-a").await().atMost(SOON)).contains(token);
        assertThat(byId("a")).contains(token);
        assertThat(tokens().byHash("hash-of-b").await().atMost(SOON)).isEmpty();
        assertThat(tokens().byHash("' OR 1=1 --").await().atMost(SOON)).isEmpty();
        assertThat(byId("hash-of-a")).isEmpty();
    }

    @Test
    default void theNewestComesFirst() {
        add(live("a", "one", AccessRole.AGENT));
        add(live("b", "two", AccessRole.VIEWER));
        StoredToken newer =
                new StoredToken("0", "three", AccessRole.ADMIN, Share.WHOLE, "h", NOON.plusNanos(1), "x", null, null);
        add(newer);

        assertThat(tokens().all().await().atMost(SOON))
                .extracting(StoredToken::id)
                .containsExactly("0", "b", "a");
    }

    @Test
    default void aRevokedTokenStaysRevokedAndKeepsItsTime() {
        add(live("a", "ci", AccessRole.AGENT));

        Optional<StoredToken> first =
                tokens().revoke("a", NOON.plusSeconds(1)).await().atMost(SOON);
        Optional<StoredToken> second =
                tokens().revoke("a", NOON.plusSeconds(2)).await().atMost(SOON);
        fixture().reopen();

        assertThat(first).map(StoredToken::revokedAt).contains(NOON.plusSeconds(1));
        assertThat(second).isEqualTo(first);
        assertThat(byId("a")).isEqualTo(first);
        assertThat(byId("a").orElseThrow().isLive(NOON)).isFalse();
        assertThat(tokens().revoke("none", NOON).await().atMost(SOON)).isEmpty();
    }

    @Test
    default void aNameHasOneRoleAtATime() {
        add(live("a", "ci", AccessRole.AGENT));
        add(live("b", "ci", AccessRole.AGENT));

        NameTaken taken = catchThrowableOfType(NameTaken.class, () -> add(live("c", "ci", AccessRole.OPERATOR)));

        assertThat(taken.role()).isEqualTo(AccessRole.AGENT);
        assertThat(byId("c")).isEmpty();
        tokens().revoke("a", NOON).await().atMost(SOON);
        assertThatThrownBy(() -> add(live("c", "ci", AccessRole.OPERATOR))).isInstanceOf(NameTaken.class);
        tokens().revoke("b", NOON).await().atMost(SOON);
        assertThat(byId(add(live("c", "ci", AccessRole.OPERATOR)).id())).isPresent();
    }

    @Test
    default void anExpiredTokenHoldsNoName() {
        add(token("a", "ci", AccessRole.AGENT, NOON, null));

        add(live("b", "ci", AccessRole.ADMIN));

        assertThat(byId("b")).isPresent();
    }

    @Test
    default void ofManyAtOnceWithDifferentRolesOneRoleWins() {
        List<AccessRole> roles = List.of(AccessRole.values());
        List<Boolean> added = Multi.createFrom()
                .iterable(IntStream.range(0, 40).boxed().toList())
                .onItem()
                .transformToUni(i -> tokens().add(live("t" + i, "ci", roles.get(i % roles.size())), LONG_AGO)
                        .replaceWith(true)
                        .onFailure(NameTaken.class)
                        .recoverWithItem(false))
                .merge(40)
                .collect()
                .asList()
                .await()
                .atMost(SOON);

        assertThat(added).hasSize(40).filteredOn(done -> done).hasSize(10);
        assertThat(tokens().all().await().atMost(SOON).stream()
                        .map(StoredToken::role)
                        .distinct())
                .hasSize(1);
    }

    @Test
    default void anIdAndAHashAreTakenOnce() {
        add(live("a", "ci", AccessRole.AGENT));
        StoredToken sameHash =
                new StoredToken("b", "other", AccessRole.AGENT, Share.WHOLE, "hash-of-a", NOON, "admin", null, null);

        assertThatThrownBy(() -> add(live("a", "other", AccessRole.AGENT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> add(sameHash)).isInstanceOf(IllegalArgumentException.class);
        assertThat(tokens().all().await().atMost(SOON)).hasSize(1);
    }

    @Test
    default void whatEndedLongAgoIsForgotten() {
        add(token("expired", "one", AccessRole.AGENT, NOON.minusSeconds(10), null));
        add(token("revoked", "two", AccessRole.AGENT, null, NOON.minusSeconds(10)));
        add(token("just-ended", "three", AccessRole.AGENT, NOON, NOON));
        add(live("live", "four", AccessRole.AGENT));

        tokens().add(live("new", "five", AccessRole.AGENT), NOON).await().atMost(SOON);

        assertThat(tokens().all().await().atMost(SOON))
                .extracting(StoredToken::id)
                .containsExactlyInAnyOrder("just-ended", "live", "new");
    }
}
