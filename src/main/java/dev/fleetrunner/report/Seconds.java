package dev.fleetrunner.report;

import java.util.regex.Pattern;

/** Durations as reports write them. What is no duration is 0. */
final class Seconds {
    private static final double MOST = 1e9;
    private static final Pattern THOUSANDS = Pattern.compile("[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?");

    private Seconds() {}

    /** Surefire groups thousands ({@code 1,234.5}); some locales write the point as a comma. */
    static double parse(String text) {
        if (text == null || text.length() > 40) {
            return 0;
        }
        String plain = text.strip();
        plain = THOUSANDS.matcher(plain).matches() ? plain.replace(",", "") : plain.replace(',', '.');
        try {
            return sane(Double.parseDouble(plain));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    static double sane(double seconds) {
        return seconds > 0 && seconds <= MOST ? seconds : 0;
    }

    /** To the millisecond. */
    static double rounded(double seconds) {
        return Math.round(Math.min(seconds, MOST) * 1000) / 1000.0;
    }
}
