package dev.fleetrunner.console.plot;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.UsageSeries;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a task used over time, as two plots that share their time.
 *
 * @param seconds the time that they cover, in words
 */
public record UsagePlot(Curve cpu, Curve memory, String seconds) {
    public static final int WIDTH = 600;
    public static final int HEIGHT = 100;
    private static final double MILLIS = 1000;
    private static final double ROOM = 1.15;

    /**
     * One plot.
     *
     * @param line points of the curve
     * @param area points of the area under it
     * @param limit how far from the top the limit's line is; null if it lies above the plot
     * @param top what is at the upper edge, in words
     * @param words peak and limit, for those who do not see the curve
     */
    public record Curve(String line, String area, String limit, String top, String words) {

        private static Curve of(Figures figures, List<Double> values, double limit, Unit unit) {
            double peak = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            double top = peak * ROOM > limit / 2 ? Math.max(limit, peak) * ROOM : Math.max(peak * ROOM, limit / 100);
            String line = Line.points(figures.seconds(), values, figures.last(), top, WIDTH, HEIGHT);
            return new Curve(
                    line,
                    "0," + HEIGHT + " " + line + " " + WIDTH + "," + HEIGHT,
                    limit > top ? null : String.format(Locale.ROOT, "%.1f", HEIGHT * (1 - limit / top)),
                    unit.words(top),
                    "at most " + unit.words(peak) + " of " + unit.words(limit));
        }
    }

    private interface Unit {
        String words(double value);
    }

    /** Null with fewer than two samples, which make no line. */
    public static UsagePlot of(UsageSeries series, Resources limits) {
        if (series == null || series.size() < 2) {
            return null;
        }
        Figures figures = Figures.of(series);
        return new UsagePlot(
                Curve.of(
                        figures,
                        figures.cpus(),
                        limits.cpuMillis() / MILLIS,
                        value -> Words.decimal(value) + " processors"),
                Curve.of(figures, figures.memory(), limits.memoryBytes(), value -> Words.bytes((long) value)),
                Words.duration(Duration.ofMillis((long) (figures.last() * MILLIS))));
    }
}
