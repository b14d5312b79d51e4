package dev.fleetrunner.api;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import java.time.Duration;

/** The {@code wait} parameter: how long a caller is ready to wait for the end of a task. */
final class Wait {
    static final int LONGEST_SEC = 300;

    private Wait() {}

    /** Seconds as a duration; refused with {@code INVALID_REQUEST} if out of range. */
    static Duration of(int seconds) {
        if (seconds < 0 || seconds > LONGEST_SEC) {
            throw Refusal.of(CauseCode.INVALID_REQUEST.because("wait must be from 0 to " + LONGEST_SEC + " seconds"));
        }
        return Duration.ofSeconds(seconds);
    }
}
