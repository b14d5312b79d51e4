package dev.fleetrunner.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The middle of a line of JSON, time and stream, made anew only when the millisecond changes. */
final class Stamp {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final byte[][] middles = new byte[LogStream.values().length][];
    private long millis;
    private Instant last;

    byte[] middle(LogStream stream, Instant at) {
        if (at != last) {
            last = at;
            if (at.toEpochMilli() != millis || middles[0] == null) {
                millis = at.toEpochMilli();
                format(at);
            }
        }
        return middles[stream.ordinal()];
    }

    private void format(Instant at) {
        String time = FORMAT.format(at);
        for (LogStream stream : LogStream.values()) {
            middles[stream.ordinal()] =
                    (",\"ts\":\"" + time + "\",\"stream\":\"" + stream.word()).getBytes(StandardCharsets.US_ASCII);
        }
    }
}
