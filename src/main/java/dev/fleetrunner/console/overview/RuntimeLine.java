package dev.fleetrunner.console.overview;

import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.runtime.Runtimes;
import java.util.List;

/**
 * A runtime and how it is.
 *
 * @param detail version and endpoint if it is up, else the reason
 */
public record RuntimeLine(String name, boolean up, String detail) {

    public static List<RuntimeLine> all(Runtimes runtimes) {
        return runtimes.statuses().entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static RuntimeLine of(String name, RuntimeStatus status) {
        return status instanceof RuntimeStatus.Up up
                ? new RuntimeLine(name, true, up.version() + " at " + up.endpoint())
                : new RuntimeLine(name, false, ((RuntimeStatus.Down) status).reason());
    }
}
