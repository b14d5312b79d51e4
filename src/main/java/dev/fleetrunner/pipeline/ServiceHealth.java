package dev.fleetrunner.pipeline;

import dev.fleetrunner.runtime.RuntimeStatus;
import java.util.Map;

/**
 * How the service is; counts are of the tasks that the caller sees.
 *
 * @param chosen the runtime that {@code auto} chooses now; null if none answers
 * @param runtimes by their names, in the order in which they are chosen
 */
public record ServiceHealth(
        String chosen,
        long activeTasks,
        long queuedTasks,
        long totalTasks,
        Map<String, RuntimeStatus> runtimes,
        Storage storage) {

    /**
     * The disk under the data directory.
     *
     * @param refusing whether new work is refused for want of space
     * @param freeBytes null if that cannot be found out
     * @param minFreeBytes with less, new work is refused; 0 for never
     */
    public record Storage(boolean refusing, Long freeBytes, long minFreeBytes) {}

    /** Whether it takes work and a runtime answers. */
    public boolean healthy() {
        return chosen != null && !storage.refusing();
    }
}
