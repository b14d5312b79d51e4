package dev.fleetrunner.console.plot;

import dev.fleetrunner.contract.UsageSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * A series of usage in the units of plots.
 *
 * @param seconds since the first sample
 * @param cpus processors in use on average since the sample before; of the first, as of the second
 * @param memory bytes
 */
record Figures(List<Double> seconds, List<Double> cpus, List<Double> memory) {
    private static final double MILLIS = 1000;

    static Figures of(UsageSeries series) {
        List<Double> seconds = new ArrayList<>();
        List<Double> cpus = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            seconds.add(series.millis().get(i) / MILLIS);
            cpus.add(rate(series, Math.max(1, i)));
            memory.add((double) series.memoryBytes().get(i));
        }
        return new Figures(seconds, cpus, memory);
    }

    private static double rate(UsageSeries series, int i) {
        if (i >= series.size()) {
            return 0;
        }
        double elapsed = (series.millis().get(i) - series.millis().get(i - 1)) / MILLIS;
        double used = series.cpuSeconds().get(i) - series.cpuSeconds().get(i - 1);
        return elapsed <= 0 ? 0 : Math.max(0, used / elapsed);
    }

    double last() {
        return seconds.isEmpty() ? 0 : seconds.get(seconds.size() - 1);
    }
}
