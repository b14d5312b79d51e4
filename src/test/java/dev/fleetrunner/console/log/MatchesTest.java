package dev.fleetrunner.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.log.Matches.Match;
import org.junit.jupiter.api.Test;

class MatchesTest {

    private static Matches of(long beside, long... lines) {
        Matches matches = new Matches(beside);
        for (long line : lines) {
            matches.add(line);
        }
        return matches;
    }

    @Test
    void theNextIsTheFirstBehindThePlace() {
        assertThat(of(5, 2, 5, 8, 9).next()).isEqualTo(new Match(8, 3, 4, false));
        assertThat(of(0, 2, 5).next()).isEqualTo(new Match(2, 1, 2, false));
    }

    @Test
    void thePreviousIsTheLastBeforeThePlace() {
        assertThat(of(8, 2, 5, 8, 9).previous()).isEqualTo(new Match(5, 2, 4, false));
    }

    @Test
    void behindTheLastComesTheFirstAgainAndTheOtherWayRound() {
        assertThat(of(9, 2, 5, 9).next()).isEqualTo(new Match(2, 1, 3, true));
        assertThat(of(2, 2, 5, 9).previous()).isEqualTo(new Match(9, 3, 3, true));
    }

    @Test
    void nothingMatches() {
        assertThat(of(3).next()).isEqualTo(new Match(0, 0, 0, true));
        assertThat(of(3).previous()).isEqualTo(new Match(0, 0, 0, true));
    }
}
