package dev.fleetrunner.runtime;

import dev.fleetrunner.logs.LogCursor;
import java.time.Instant;

/**
 * Where a takeover goes on in a container's output.
 *
 * @param cursor what is durably written here; counts while the engine still has the output from its beginning on
 * @param lastAt the time of the last record that is kept here, null if there is none; counts where the engine has thrown
 *     the beginning away, so that bytes can no longer be counted
 */
public record LogResume(LogCursor cursor, Instant lastAt) {
    /** With everything that there is. */
    public static final LogResume START = new LogResume(LogCursor.START, null);
}
