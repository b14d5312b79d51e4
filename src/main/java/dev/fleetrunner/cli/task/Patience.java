package dev.fleetrunner.cli.task;

import dev.fleetrunner.cli.rest.Unreachable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How often, and after which pauses, a service that was there is looked for again: for about half a minute. */
final class Patience {
    private static final int MOST = 12;
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 3000;

    private final CountDownLatch never = new CountDownLatch(1);
    private int failures;

    /** It answered. */
    void renew() {
        failures = 0;
    }

    /** It did not; returns when it is time to try again, and throws what it is given when that was enough. */
    void afterFailure(Unreachable failure) {
        failures++;
        if (failures > MOST) {
            throw failure;
        }
        try {
            long pause = Math.min(LONGEST_MILLIS, FIRST_MILLIS << failures);
            if (never.await(pause, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts it down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
