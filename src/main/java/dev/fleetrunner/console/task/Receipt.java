package dev.fleetrunner.console.task;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What was asked for, limit by limit, beside what the engine says that it enforces.
 *
 * @param given whether there is a receipt: a container was started
 */
record Receipt(boolean given, List<Row> rows) {
    private static final double MILLIS = 1000;
    private static final String NONE = "not enforced";

    /**
     * One limit.
     *
     * @param asked in words
     * @param enforced in words
     * @param missing whether it is not enforced
     */
    record Row(String name, String asked, String enforced, boolean missing) {}

    /**
     * @param enforced null if no container was started
     */
    static Receipt of(TaskSpec spec, Enforced enforced) {
        List<Row> rows = new ArrayList<>();
        Enforced receipt =
                enforced == null ? new Enforced(null, null, null, null, null, null, null, null, null) : enforced;
        Resources resources = spec.resources();
        add(rows, "User", spec.user(), receipt.user());
        add(rows, "Network", spec.network().mode().word(), receipt.network());
        add(
                rows,
                "Memory",
                Words.bytes(resources.memoryBytes()),
                receipt.memoryBytes() == null ? null : Words.bytes(receipt.memoryBytes()));
        add(
                rows,
                "Processors",
                Words.decimal(resources.cpuMillis() / MILLIS),
                receipt.cpus() == null ? null : Words.decimal(receipt.cpus()));
        add(rows, "Processes", String.valueOf(resources.pids()), receipt.pids());
        add(rows, "Walls", spec.isolation(), receipt.isolation());
        add(
                rows,
                "Root file system",
                "read-only",
                receipt.readOnlyRoot() == null ? null : receipt.readOnlyRoot() ? "read-only" : "writable");
        add(
                rows,
                "Capabilities",
                "none",
                receipt.capabilities() == null
                        ? null
                        : receipt.capabilities().isEmpty() ? "none" : String.join(" ", receipt.capabilities()));
        add(rows, "System calls", "filtered", receipt.seccomp());
        return new Receipt(enforced != null, List.copyOf(rows));
    }

    private static void add(List<Row> rows, String name, String asked, Object enforced) {
        rows.add(new Row(name, asked, enforced == null ? NONE : enforced.toString(), enforced == null));
    }
}
