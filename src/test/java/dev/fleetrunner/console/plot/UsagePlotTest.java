package dev.fleetrunner.console.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.contract.UsageSeries;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsagePlotTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Resources LIMITS = new Resources(2000, 1000, 10, null);

    private static UsageSeries series(double... cpuSecondsAfterEachSecond) {
        return UsageSeries.of(IntStream.range(0, cpuSecondsAfterEachSecond.length)
                .mapToObj(i -> new Usage(START.plusSeconds(i), cpuSecondsAfterEachSecond[i], null, 100L * (i + 1), 1))
                .toList());
    }

    @Test
    void aLineNeedsTwoSamples() {
        assertThat(UsagePlot.of(null, LIMITS)).isNull();
        assertThat(UsagePlot.of(series(1), LIMITS)).isNull();
        assertThat(Sparks.of(null, LIMITS)).isNull();
    }

    @Test
    void ratesComeFromTheDifferencesAndTheFirstFromTheSecond() {
        Figures figures = Figures.of(series(1, 3, 3));

        assertThat(figures.cpus()).containsExactly(2.0, 2.0, 0.0);
        assertThat(figures.seconds()).containsExactly(0.0, 1.0, 2.0);
        assertThat(Figures.of(series(1)).cpus()).containsExactly(0.0);
    }

    @Test
    void sparksGoFromEdgeToEdgeUpToTheLimit() {
        Sparks sparks = Sparks.of(series(0, 2, 2), LIMITS);

        assertThat(sparks.cpu()).isEqualTo("0.0,0.0 50.0,0.0 100.0,24.0");
        assertThat(sparks.memory()).isEqualTo("0.0,21.6 50.0,19.2 100.0,16.8");
    }

    @Test
    void theLimitIsDrawnWhereThePeakComesNearIt() {
        UsagePlot plot = UsagePlot.of(series(0, 1.9, 3.8), LIMITS);

        assertThat(plot.cpu().words()).isEqualTo("at most 1.9 processors of 2 processors");
        assertThat(Double.parseDouble(plot.cpu().limit())).isBetween(0.0, 20.0);
        assertThat(plot.memory().limit()).isNull();
        assertThat(plot.seconds()).isEqualTo("2.0 s");
        assertThat(plot.cpu().area()).startsWith("0,100 0.0,").endsWith(" 600,100");
    }

    @Test
    void noPointLeavesTheBox() {
        assertThat(Line.points(List.of(0.0, 5.0), List.of(-1.0, 99.0), 1, 2, 10, 10))
                .isEqualTo("0.0,10.0 10.0,0.0");
        assertThat(Line.points(List.of(0.0), List.of(1.0), 0, 0, 10, 10)).isEqualTo("0.0,10.0");
    }
}
