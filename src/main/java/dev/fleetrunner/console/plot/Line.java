package dev.fleetrunner.console.plot;

import java.util.List;
import java.util.Locale;

/** The points of an SVG {@code polyline}: x from left to right, y from the top down. */
final class Line {
    private Line() {}

    /**
     * The points of values in a box, which none leaves.
     *
     * @param x in the unit of {@code right}, ascending
     * @param y in the unit of {@code top}
     * @param right what is at the right edge; at the left one is 0
     * @param top what is at the upper edge; at the lower one is 0
     */
    static String points(List<Double> x, List<Double> y, double right, double top, int width, int height) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.size(); i++) {
            double across = right <= 0 ? 0 : Math.min(1, x.get(i) / right);
            double up = top <= 0 ? 0 : Math.min(1, Math.max(0, y.get(i) / top));
            points.append(i == 0 ? "" : " ")
                    .append(String.format(Locale.ROOT, "%.1f,%.1f", across * width, height - up * height));
        }
        return points.toString();
    }
}
