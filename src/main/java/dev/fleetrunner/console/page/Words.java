package dev.fleetrunner.console.page;

import dev.fleetrunner.contract.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the console says numbers, times and commands. */
public final class Words {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int SHORT_ID = 8;
    private static final long KIB = 1024;

    private Words() {}

    /** A sign beside the word, for those who do not see the colour. */
    public static String mark(TaskStatus status) {
        return switch (status) {
            case PENDING -> "○";
            case RUNNING -> "▶";
            case PASSED -> "✓";
            case FAILED -> "✗";
            case ERROR -> "!";
            case TIMEOUT -> "◷";
            case CANCELLED -> "–";
        };
    }

    /** The end of an id: its beginning is the time, which neighbours share. */
    public static String shortId(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(id.length() - SHORT_ID);
    }

    /** A point in time, exactly enough. */
    public static String time(Instant at) {
        return SECONDS.format(at);
    }

    /** How long ago, roughly. */
    public static String ago(Instant at, Instant now) {
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        if (seconds < 60) {
            return "just now";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        return seconds < 86_400 ? seconds / 3600 + " h ago" : seconds / 86_400 + " d ago";
    }

    /** How long it took, with two units at most. */
    public static String duration(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, length.toMillis()) / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** An amount of bytes, in units of 1024. */
    public static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (value >= KIB && unit < 3) {
            value /= KIB;
            unit++;
        }
        return String.format(
                Locale.ROOT,
                "%.1f %s",
                value,
                List.of("KiB", "MiB", "GiB", "TiB").get(unit));
    }

    /** A number with no more decimals than it needs, two at most. */
    public static String decimal(double value) {
        String two = String.format(Locale.ROOT, "%.2f", value);
        return two.contains(".") ? two.replaceAll("\\.?0+$", "") : two;
    }

    /** The beginning of a text that is longer than so many characters. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    /** A command in one line, quoted as a shell would need it. */
    public static String command(List<String> cmd) {
        return cmd.stream().map(Words::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
