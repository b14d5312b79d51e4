package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest extends WithTokens {
    private static final Holder ANN = new Holder(null, "oidc:ann", AccessRole.VIEWER, Caller.Share.WHOLE, null);

    private Sessions sessions;

    @BeforeEach
    void open() {
        sessions = new Sessions("key", tokens, true, clock);
    }

    private Found find(String cookie) {
        return sessions.find(cookie).await().atMost(SOON);
    }

    private String session(String token) {
        var known = (Found.Known) tokens.find(token).await().atMost(SOON);
        return sessions.open(known.holder(), Sessions.LENGTH).cookie();
    }

    @Test
    void aSessionIsItsTokensForAsLongAsItLasts() {
        String cookie = session(token("a", AccessRole.OPERATOR, null));

        assertThat(find(cookie)).isInstanceOfSatisfying(Found.Known.class, known -> assertThat(known.holder())
                .isEqualTo(new Holder("a", "name-of-a", AccessRole.OPERATOR, new Caller.Share(3, null), null)));
        clock.pass(Sessions.LENGTH);
        assertThat(find(cookie)).isInstanceOf(Found.Ended.class);
    }

    @Test
    void aSessionEndsWithItsToken() {
        String cookie = session(token("a", AccessRole.OPERATOR, null));
        find(cookie);

        revoke("a");
        tokens.forget("a");

        assertThat(find(cookie)).isInstanceOf(Found.Ended.class);
    }

    @Test
    void aSessionIsNotLongerThanItsToken() {
        Instant end = clock.instant().plusSeconds(60);
        String token = token("a", AccessRole.OPERATOR, end);
        var holder = ((Found.Known) tokens.find(token).await().atMost(SOON)).holder();

        Sessions.Opened opened = sessions.open(holder, Sessions.LENGTH);

        assertThat(opened.length()).isEqualTo(Duration.ofSeconds(60));
        clock.pass(Duration.ofSeconds(60));
        assertThat(find(opened.cookie())).isInstanceOf(Found.Ended.class);
    }

    @Test
    void aFirstTokenThatWasReplacedHasNoSessions() {
        String cookie = session(FIRST);
        assertThat(find(cookie)).isInstanceOf(Found.Known.class);

        var other = new Sessions("key", new AccessTokens("another-first-token", kept(), clock), true, clock);

        assertThat(other.find(cookie).await().atMost(SOON)).isInstanceOf(Found.Unknown.class);
    }

    @Test
    void aPersonsSessionCarriesTheRole() {
        String cookie = sessions.open(ANN, Duration.ofMinutes(5)).cookie();

        assertThat(find(cookie)).isInstanceOfSatisfying(Found.Known.class, known -> {
            assertThat(known.holder().name()).isEqualTo("oidc:ann");
            assertThat(known.holder().role()).isEqualTo(AccessRole.VIEWER);
        });
        var off = new Sessions("key", tokens, false, clock);
        assertThat(off.find(cookie).await().atMost(SOON)).isInstanceOf(Found.Ended.class);
        clock.pass(Duration.ofMinutes(5));
        assertThat(find(cookie)).isInstanceOf(Found.Ended.class);
    }

    @Test
    void whatIsChangedIsForged() {
        String cookie = sessions.open(ANN, Duration.ofMinutes(5)).cookie();
        String[] parts = cookie.split("\\.", -1);
        String first = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(tokens.first().tokenId().getBytes());

        assertThat(find(cookie.replace(".viewer.", ".admin."))).isInstanceOf(Found.Unknown.class);
        assertThat(find(cookie.replace("." + parts[3] + ".", ".9999999999."))).isInstanceOf(Found.Unknown.class);
        assertThat(find(first + cookie)).isInstanceOf(Found.Unknown.class);
        assertThat(find(cookie.substring(0, cookie.lastIndexOf('.') + 1))).isInstanceOf(Found.Unknown.class);
        var otherKey = new Sessions("other", tokens, true, clock);
        assertThat(otherKey.find(cookie).await().atMost(SOON)).isInstanceOf(Found.Unknown.class);
        for (String text : new String[] {"", ".", "....", "a.b.c.d.e", "é", ".".repeat(5000)}) {
            assertThat(find(text)).as(text).isInstanceOf(Found.Unknown.class);
        }
    }
}
