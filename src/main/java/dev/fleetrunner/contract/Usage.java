package dev.fleetrunner.contract;

import java.time.Instant;

/**
 * What a container uses at a moment.
 *
 * @param cpuSeconds processor time since its start
 * @param cpus processors in use on average since the sample before; null for the first
 * @param memoryBytes memory in use, page cache that can be dropped left out
 * @param pids processes and threads
 */
public record Usage(Instant at, double cpuSeconds, Double cpus, long memoryBytes, long pids) {}
