package dev.fleetrunner.pipeline.run;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Moments to come, without a thread that waits. */
final class Timers {
    private Timers() {}

    /** Completes after so long; at once if that is over already. */
    static Uni<Void> after(Duration duration) {
        boolean none = duration.isNegative() || duration.isZero();
        return Uni.createFrom().voidItem().onItem().delayIt().by(none ? Duration.ofMillis(1) : duration);
    }
}
