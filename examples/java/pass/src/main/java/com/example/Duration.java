package com.example;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: 90s, 45m, 1h30m. */
public final class Duration {
    private static final Pattern PARTS = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");
    private static final int[] SECONDS = {3600, 60, 1};

    private Duration() {}

    /** The duration in seconds; IllegalArgumentException for what is none. */
    public static int parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("not a duration: " + text);
        }
        int sum = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            String count = parts.group(i + 1);
            sum += count == null ? 0 : Integer.parseInt(count) * SECONDS[i];
        }
        return sum;
    }
}
