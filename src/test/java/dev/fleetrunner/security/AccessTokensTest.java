package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessTokensTest extends WithTokens {
    private Found find(String token) {
        return tokens.find(token).await().atMost(SOON);
    }

    @Test
    void aTokenTellsItsHolder() {
        Instant end = clock.instant().plusSeconds(60);
        String token = token("a", AccessRole.AGENT, end);

        assertThat(find(token))
                .isEqualTo(new Found.Known(
                        new Holder("a", "name-of-a", AccessRole.AGENT, new Caller.Share(3, null), end)));
        assertThat(find(FIRST)).isEqualTo(new Found.Known(tokens.first()));
        assertThat(tokens.first().role()).isEqualTo(AccessRole.ADMIN);
    }

    @Test
    void nobodyElseIsKnown() {
        String token = token("a", AccessRole.AGENT, null);

        assertThat(find(TokenForm.fresh())).isInstanceOf(Found.Unknown.class);
        assertThat(find(TokenForm.hash(token))).isInstanceOf(Found.Unknown.class);
        assertThat(find("a")).isInstanceOf(Found.Unknown.class);
        assertThat(find("")).isInstanceOf(Found.Unknown.class);
    }

    @Test
    void anExpiredTokenSaysSoFromTheVeryMoment() {
        String token = token("a", AccessRole.AGENT, clock.instant().plusMillis(1));
        assertThat(find(token)).isInstanceOf(Found.Known.class);

        clock.pass(Duration.ofMillis(1));

        assertThat(find(token)).isInstanceOfSatisfying(Found.Ended.class, ended -> assertThat(ended.message())
                .contains("expired"));
    }

    @Test
    void aTokenThatIsRevokedHereIsOverAtOnce() {
        String token = token("a", AccessRole.AGENT, null);
        find(token);

        revoke("a");
        tokens.forget("a");

        assertThat(find(token)).isInstanceOfSatisfying(Found.Ended.class, ended -> assertThat(ended.message())
                .contains("revoked"));
    }

    @Test
    void aTokenThatIsRevokedElsewhereIsOverSoon() {
        String token = token("a", AccessRole.AGENT, null);
        find(token);
        revoke("a");
        assertThat(find(token)).as("not asked again").isInstanceOf(Found.Known.class);

        clock.pass(RecentTokens.FRESH);

        assertThat(find(token)).isInstanceOf(Found.Ended.class);
    }

    @Test
    void whatWasAskedBeforeARevocationIsNotKept() {
        var recent = new RecentTokens(clock);
        token("a", AccessRole.AGENT, null);
        var asked = kept().byId("a").await().atMost(SOON).orElseThrow();
        long before = recent.changes();

        recent.forget("a");
        recent.put("a", asked, before);

        assertThat(recent.get("a")).isEmpty();
    }

    @Test
    void oneTokenIsFoundByItsId() {
        token("a", AccessRole.VIEWER, null);

        assertThat(tokens.byId("a").await().atMost(SOON)).isInstanceOfSatisfying(Found.Known.class, known -> assertThat(
                        known.holder().role())
                .isEqualTo(AccessRole.VIEWER));
        assertThat(tokens.byId("b").await().atMost(SOON)).isInstanceOf(Found.Unknown.class);
    }
}
