package dev.fleetrunner.runtime;

import java.time.Instant;

/**
 * How a command ended.
 *
 * @param code its exit code; 128 + N if signal N ended it
 * @param startedAt when it started, by the engine's clock
 * @param finishedAt when it ended, by the engine's clock
 * @param executed false if it could not be executed at all
 * @param oomKilled whether the kernel ended any of its processes for memory
 * @param deadlineReached whether the watchdog in the container ended it
 * @param cpuSeconds processor time; null if not known
 * @param peakMemoryBytes the most memory in use at once; null if not known
 * @param diskUsedBytes what the task's files took when they had used up its disk budget; null if they did not
 */
public record Exit(
        int code,
        Instant startedAt,
        Instant finishedAt,
        boolean executed,
        boolean oomKilled,
        boolean deadlineReached,
        Double cpuSeconds,
        Long peakMemoryBytes,
        Long diskUsedBytes) {}
