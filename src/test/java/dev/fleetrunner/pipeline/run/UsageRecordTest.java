package dev.fleetrunner.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.contract.UsageSeries;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class UsageRecordTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private final UsageRecord record = new UsageRecord();

    private void add(int second, long memory) {
        record.add(new Usage(START.plusSeconds(second), second / 2.0, 0.5, memory, second % 7));
    }

    @Test
    void nothingIsKnownBeforeTheFirstSample() {
        assertThat(record.series()).isNull();
        assertThat(record.newest()).isNull();
    }

    @Test
    void aFewSamplesAreKeptAsTheyAre() {
        add(0, 10);
        add(1, 30);
        add(3, 20);

        UsageSeries series = record.series();
        assertThat(series.from()).isEqualTo(START);
        assertThat(series.millis()).containsExactly(0L, 1000L, 3000L);
        assertThat(series.cpuSeconds()).containsExactly(0.0, 0.5, 1.5);
        assertThat(series.memoryBytes()).containsExactly(10L, 30L, 20L);
        assertThat(record.newest().memoryBytes()).isEqualTo(20);
    }

    @Test
    void aLongTaskKeepsItsPeaksInABoundedNumberOfPoints() {
        for (int second = 0; second < 10_000; second++) {
            add(second, second == 7_123 ? 1_000_000 : 100);
            assertThat(record.series().size()).isLessThanOrEqualTo(UsageRecord.MOST);
        }

        UsageSeries series = record.series();
        assertThat(series.size()).isGreaterThan(UsageRecord.MOST / 3);
        assertThat(Collections.max(series.memoryBytes())).isEqualTo(1_000_000);
        assertThat(series.millis()).isSorted();
        assertThat(series.cpuSeconds()).isSorted();
        assertThat(series.millis().get(series.size() - 1)).isGreaterThan(9_800_000L);
    }
}
