package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.Values;
import java.time.Duration;

/** The {@code wait} parameter: how long a caller is ready to wait for the end of a task. */
final class Wait {
    static final int LONGEST_SEC = 300;

    private Wait() {}

    /** Whole seconds as a duration, zero for none; refused with {@code INVALID_REQUEST} if out of range. */
    static Duration of(String seconds) {
        Long given = Values.number("wait", seconds, 0, LONGEST_SEC);
        return Duration.ofSeconds(given == null ? 0 : given);
    }
}
