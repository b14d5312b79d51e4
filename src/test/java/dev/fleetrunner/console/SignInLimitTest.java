package dev.fleetrunner.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInLimitTest {
    private final HeldClock clock = new HeldClock();
    private final SignInLimit limit = new SignInLimit(2, Duration.ofMinutes(1), clock);

    @Test
    void successIsNotCounted() {
        for (int i = 0; i < 10; i++) {
            assertThat(succeed().owner()).isEqualTo("admin");
        }
    }

    @Test
    void nothingIsLookedAtAfterTooManyFailures() {
        fail();
        clock.now = clock.now.plusSeconds(20);
        fail();

        SignInLimit.Outcome outcome = limit.attempt(() -> {
            throw new AssertionError("looked at");
        });

        assertThat(outcome).isEqualTo(new SignInLimit.Outcome(null, Duration.ofSeconds(40)));
    }

    @Test
    void timeHeals() {
        fail();
        clock.now = clock.now.plusSeconds(20);
        fail();
        clock.now = clock.now.plusSeconds(40);

        assertThat(succeed().owner()).isEqualTo("admin");
    }

    private void fail() {
        assertThat(limit.attempt(Optional::empty)).isEqualTo(new SignInLimit.Outcome(null, null));
    }

    private SignInLimit.Outcome succeed() {
        return limit.attempt(() -> Optional.of("admin"));
    }

    /** A clock that moves when it is told to. */
    private static final class HeldClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
