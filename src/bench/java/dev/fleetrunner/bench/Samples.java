package dev.fleetrunner.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measured values in ascending order; percentiles are by the nearest rank, so that each is a value that was measured. */
record Samples(double[] sorted) {

    static Samples of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to take a median of");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    double percentile(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** For milliseconds: the median and the 95th percentile. */
    String milliseconds() {
        return String.format(Locale.ROOT, "%.0f ms, p95 %.0f ms", median(), percentile(95));
    }
}
