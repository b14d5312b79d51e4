package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedAttemptsTest {
    private static final String ONE = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";

    private final HeldClock clock = new HeldClock();
    private final FailedAttempts failures = new FailedAttempts(2, clock);

    @Test
    void anAddressWaitsUntilItsFirstFailureIsAMinuteOld() {
        failures.add(ONE);
        clock.pass(Duration.ofSeconds(20));
        assertThat(failures.wait(ONE)).isEmpty();

        failures.add(ONE);

        assertThat(failures.wait(ONE)).contains(Duration.ofSeconds(40));
        assertThat(failures.wait(OTHER)).isEmpty();
        clock.pass(Duration.ofSeconds(40));
        assertThat(failures.wait(ONE)).isEmpty();
    }

    @Test
    void whoGoesOnFailingGoesOnWaiting() {
        for (int i = 0; i < 50; i++) {
            failures.add(ONE);
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(failures.wait(ONE)).contains(Duration.ofSeconds(58));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8:0:0:ffff::9, true",
        "2001:db8::1%eth0, 2001:db8::2, true",
        "2001:db8::1, 2001:db8:0:1::1, false"
    })
    void aNetworkOfIpv6IsOneAddress(String one, String other, boolean same) {
        failures.add(one);
        failures.add(one);

        assertThat(failures.wait(other).isPresent()).isEqualTo(same);
    }

    @Test
    void ofVeryManyAddressesTheOldestIsForgotten() {
        failures.add(ONE);
        failures.add(ONE);

        IntStream.range(0, 10_000).forEach(i -> failures.add("10.0." + i / 256 + "." + i % 256));

        assertThat(failures.wait(ONE)).isEmpty();
    }

    @Test
    void anAddressThatIsNotKnownIsOneToo() {
        failures.add(null);
        failures.add(null);

        assertThat(failures.wait(null)).isPresent();
    }
}
