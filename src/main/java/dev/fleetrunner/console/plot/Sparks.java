package dev.fleetrunner.console.plot;

import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.UsageSeries;
import java.util.List;

/**
 * Two small charts: processors and memory up to their limits, over the time that was measured.
 *
 * @param cpu points of the polyline
 * @param memory points of the polyline
 */
public record Sparks(String cpu, String memory) {
    public static final int WIDTH = 100;
    public static final int HEIGHT = 24;
    private static final double MILLIS = 1000;

    /** Null without samples. */
    public static Sparks of(UsageSeries series, Resources limits) {
        if (series == null) {
            return null;
        }
        Figures figures = Figures.of(series);
        return new Sparks(
                points(figures, figures.cpus(), limits.cpuMillis() / MILLIS),
                points(figures, figures.memory(), limits.memoryBytes()));
    }

    private static String points(Figures figures, List<Double> values, double limit) {
        return Line.points(figures.seconds(), values, figures.last(), limit, WIDTH, HEIGHT);
    }
}
