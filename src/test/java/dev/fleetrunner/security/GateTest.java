package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.security.Gate.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest extends WithTokens {
    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    private Gate gate;

    @BeforeEach
    void open() {
        gate = new Gate(tokens, new FailedAttempts(3, clock), address -> {});
    }

    private Outcome attempt(String token, String address) {
        return gate.attempt(token, address).await().atMost(SOON);
    }

    private static boolean known(Outcome outcome) {
        return outcome instanceof Outcome.Tried tried && tried.found() instanceof Found.Known;
    }

    private void lockOut() {
        for (int i = 0; i < 3; i++) {
            assertThat(attempt("guess-" + i, HERE)).isEqualTo(new Outcome.Tried(new Found.Unknown()));
        }
    }

    @Test
    void whoFailedTooOftenWaits() {
        lockOut();

        assertThat(attempt("guess", HERE)).isEqualTo(new Outcome.Wait(Duration.ofMinutes(1)));
        assertThat(attempt(TokenForm.fresh(), HERE)).isInstanceOf(Outcome.Wait.class);
        assertThat(attempt("guess", THERE)).isInstanceOf(Outcome.Tried.class);
        clock.pass(Duration.ofMinutes(1));
        assertThat(attempt("guess", HERE)).isInstanceOf(Outcome.Tried.class);
    }

    @Test
    void aTokenOfOursIsNeverLockedOutByANeighbour() {
        String token = token("a", AccessRole.AGENT, null);
        lockOut();

        assertThat(known(attempt(token, HERE))).isTrue();
    }

    @Test
    void aTokenThatSomebodyThoughtUpMayBeGuessedAndWaits() {
        lockOut();

        assertThat(attempt(FIRST, HERE)).isInstanceOf(Outcome.Wait.class);
        assertThat(known(attempt(FIRST, THERE))).isTrue();
    }

    @Test
    void whatIsRightOrWasRightIsNoFailure() {
        String token = token("a", AccessRole.AGENT, null);
        revoke("a");
        for (int i = 0; i < 10; i++) {
            attempt(FIRST, HERE);
            assertThat(attempt(token, HERE))
                    .isInstanceOfSatisfying(Outcome.Tried.class, tried -> assertThat(tried.found())
                            .isInstanceOf(Found.Ended.class));
        }

        assertThat(known(attempt(FIRST, HERE))).isTrue();
    }
}
