package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.contract.UsageSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of one container's usage, never more than {@link #MOST}: whenever there are more, neighbours become one, and
 * from then on as many samples more do. No peak is lost: one that stands for several has the most of them. Thread-safe.
 */
final class UsageRecord {
    static final int MOST = 120;

    private final List<Usage> points = new ArrayList<>();
    /** How many samples a point stands for. */
    private int each = 1;
    /** How many samples the last point has so far. */
    private int inLast = each;

    private Usage newest;

    synchronized void add(Usage sample) {
        newest = sample;
        if (inLast < each) {
            points.set(points.size() - 1, together(points.get(points.size() - 1), sample));
            inLast++;
            return;
        }
        if (points.size() == MOST) {
            halve();
        }
        points.add(sample);
        inLast = 1;
    }

    private void halve() {
        for (int i = 0; i < MOST / 2; i++) {
            points.set(i, together(points.get(2 * i), points.get(2 * i + 1)));
        }
        points.subList(MOST / 2, MOST).clear();
        each *= 2;
    }

    private static Usage together(Usage earlier, Usage later) {
        return new Usage(
                later.at(),
                later.cpuSeconds(),
                later.cpus(),
                Math.max(earlier.memoryBytes(), later.memoryBytes()),
                Math.max(earlier.pids(), later.pids()));
    }

    /** Null if there is none. */
    synchronized Usage newest() {
        return newest;
    }

    /** Null if there is no sample. */
    synchronized UsageSeries series() {
        return points.isEmpty() ? null : UsageSeries.of(points);
    }
}
