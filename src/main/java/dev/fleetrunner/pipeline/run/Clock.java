package dev.fleetrunner.pipeline.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The runner's clock, in the milliseconds that the contract writes. */
public final class Clock {
    private final java.time.Clock clock;

    public Clock(java.time.Clock clock) {
        this.clock = clock;
    }

    /** Now. */
    public Instant now() {
        return at(clock.instant());
    }

    /** A moment of another clock, cut to milliseconds. */
    public Instant at(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS);
    }
}
