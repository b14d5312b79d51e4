package dev.fleetrunner.runtime.engine.gateway;

import dev.fleetrunner.contract.Resources;
import java.util.Collection;

/**
 * What one container has of its task's budget.
 *
 * @param memoryBytes memory, swap included
 * @param cpuMillis thousandths of a processor
 * @param pids processes and threads
 */
record Share(long memoryBytes, long cpuMillis, long pids) {
    private static final Share NONE = new Share(0, 0, 0);
    private static final Share LEAST = new Share(32L << 20, 50, 16);

    static Share of(Resources budget) {
        return new Share(budget.memoryBytes(), budget.cpuMillis(), budget.pids());
    }

    static Share of(String label) {
        String[] parts = label.split(" ");
        return parts.length == 3
                ? new Share(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]))
                : NONE;
    }

    String label() {
        return memoryBytes + " " + cpuMillis + " " + pids;
    }

    /** What is left when the others have theirs. */
    Share without(Collection<Child> others) {
        Share left = this;
        for (Child other : others) {
            left = new Share(
                    left.memoryBytes - other.share().memoryBytes,
                    left.cpuMillis - other.share().cpuMillis,
                    left.pids - other.share().pids);
        }
        return left;
    }

    /** A share of what is left: what is wished for, or half where nothing is. */
    Share take(Share wished) {
        return new Share(
                part("memory (bytes)", memoryBytes, wished.memoryBytes, LEAST.memoryBytes),
                part("processor time (thousandths)", cpuMillis, wished.cpuMillis, LEAST.cpuMillis),
                part("pids", pids, wished.pids, LEAST.pids));
    }

    private static long part(String what, long left, long wished, long least) {
        long part = wished > 0 ? wished : left / 2;
        if (part > left || part < Math.min(least, wished > 0 ? wished : least)) {
            throw new Refusal(
                    409,
                    "the task's containers have as much together as its own resources; of the " + what + " "
                            + Math.max(0, left) + " are left and " + Math.max(part, least)
                            + " are needed: remove containers, ask for less, or raise the task's resources");
        }
        return part;
    }
}
