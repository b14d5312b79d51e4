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

    /** The same with other thousandths of a processor. */
    public Resources withCpuMillis(long most) {
        return new Resources(most, memoryBytes, pids, diskBytes);
    }

    /** The same with other memory. */
    public Resources withMemoryBytes(long most) {
        return new Resources(cpuMillis, most, pids, diskBytes);
    }

    /** The same with another number of processes and threads. */
    public Resources withPids(int most) {
        return new Resources(cpuMillis, memoryBytes, most, diskBytes);
    }

    /** The same with another limit of what may be written; null for none. */
    public Resources withDiskBytes(Long most) {
        return new Resources(cpuMillis, memoryBytes, pids, most);
    }
}
