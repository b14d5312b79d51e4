package dev.fleetrunner.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Numbers and times as people read them. */
public final class Words {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int KIBI = 1024;
    private static final int LONG = 3;

    private Words() {}

    /** Bytes with a unit: {@code 1.5 MiB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= KIBI && unit < UNITS.length - 1) {
            value /= KIBI;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** How many files: {@code 1 file}, {@code 2 files}. */
    public static String files(long number) {
        return number + (number == 1 ? " file" : " files");
    }

    /** Seconds with a unit: {@code 1.25 s}. */
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }

    /** A time span with its two largest units: {@code 3m 20s}. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        return seconds < LONG * 86_400L ? seconds / 3600 + "h " + seconds % 3600 / 60 + "m" : seconds / 86_400 + "d";
    }

    /** How long it is from one time of the service to another; up to now if the second is null, null without the first. */
    public static String between(String from, String to) {
        Instant start = instant(from);
        Instant end = to == null ? Instant.now() : instant(to);
        return start == null || end == null ? null : span(Duration.between(start, end));
    }

    private static Instant instant(String time) {
        try {
            return time == null ? null : Instant.parse(time);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** A text of a stranger without what a terminal would obey. */
    public static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.replaceAll("\\p{Cntrl}+", " ");
            }
        }
        return text;
    }
}
