package dev.fleetrunner.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a container used over time, a column for each figure, so that a journal keeps it in a few kilobytes. All columns are
 * of one length.
 *
 * @param from the time of the first sample
 * @param millis after {@code from}, ascending
 * @param cpuSeconds processor time since the container's start
 * @param memoryBytes the most that was in use since the sample before
 * @param pids the most processes and threads since the sample before
 */
public record UsageSeries(
        Instant from, List<Long> millis, List<Double> cpuSeconds, List<Long> memoryBytes, List<Long> pids) {
    public UsageSeries {
        millis = List.copyOf(millis);
        cpuSeconds = List.copyOf(cpuSeconds);
        memoryBytes = List.copyOf(memoryBytes);
        pids = List.copyOf(pids);
    }

    /**
     * The samples in columns.
     *
     * @param samples in the order of their times; at least one
     */
    public static UsageSeries of(List<Usage> samples) {
        Instant from = samples.get(0).at();
        return new UsageSeries(
                from,
                samples.stream()
                        .map(sample -> Duration.between(from, sample.at()).toMillis())
                        .toList(),
                samples.stream().map(Usage::cpuSeconds).toList(),
                samples.stream().map(Usage::memoryBytes).toList(),
                samples.stream().map(Usage::pids).toList());
    }

    /** How many samples there are. */
    public int size() {
        return millis.size();
    }
}
