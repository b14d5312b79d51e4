package dev.fleetrunner.contract;

/**
 * Limits of consumption, in the units that engines count in.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes memory, swap included
 * @param pids processes and threads
 * @param diskBytes what the task may write to its volumes; null if not given
 */
public record Resources(long cpuMillis, long memoryBytes, int pids, Long diskBytes) {
    public static final Resources DEFAULT = new Resources(2000, 4L << 30, 512, null);
}
