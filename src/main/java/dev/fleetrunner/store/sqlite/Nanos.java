package dev.fleetrunner.store.sqlite;

import java.time.Instant;

/** Instants as nanoseconds since 1970, which sort as numbers and lose nothing; enough for the years 1678 to 2262. */
final class Nanos {
    private static final long PER_SECOND = 1_000_000_000L;

    private Nanos() {}

    /** Null for null. */
    static Long of(Instant instant) {
        return instant == null
                ? null
                : Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
    }

    /** A bound that a caller asks with: beyond the range it is the range's end. */
    static long bound(Instant instant) {
        try {
            return of(instant);
        } catch (ArithmeticException beyond) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }
}
