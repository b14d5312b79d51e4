package dev.fleetrunner.contract;

import java.util.List;

/**
 * The receipt: limits and walls as the engine reports them, not as they were asked for. A field is null where the
 * runtime does not enforce it.
 *
 * @param user uid:gid
 * @param network the mode
 * @param memoryBytes memory, swap included
 * @param cpus processors
 * @param pids processes and threads
 * @param readOnlyRoot whether the root file system is read-only
 * @param capabilities what is left of them; empty for none
 * @param seccomp the profile
 * @param isolation {@code default}, or the name of the stronger wall that the container was found to have
 */
public record Enforced(
        String user,
        String network,
        Long memoryBytes,
        Double cpus,
        Integer pids,
        Boolean readOnlyRoot,
        List<String> capabilities,
        String seccomp,
        String isolation) {
    public Enforced {
        capabilities = capabilities == null ? null : List.copyOf(capabilities);
    }
}
