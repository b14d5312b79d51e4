package dev.fleetrunner.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.regex.Pattern;

/** Reads events that tell what a clock showed, and holds each against the same clock now. */
final class Clocks implements Subscriber<String> {
    private static final Pattern WRITTEN = Pattern.compile("\"(1[0-9]{18})\"");
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final List<Double> milliseconds = new ArrayList<>();

    /** How long each took until it came here, when all have come. */
    List<Double> milliseconds() {
        return milliseconds;
    }

    /** A line of an event stream. */
    void read(String line) {
        Instant now = Instant.now();
        long received = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        WRITTEN.matcher(line)
                .results()
                .forEach(written -> milliseconds.add((received - Long.parseLong(written.group(1))) / NANOS_PER_MILLI));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        read(line);
    }

    @Override
    public void onError(Throwable broken) {
        // The reader's answer fails with the same.
    }

    @Override
    public void onComplete() {
        // The reader's answer ends with it.
    }
}
