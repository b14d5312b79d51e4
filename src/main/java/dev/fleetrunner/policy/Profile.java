package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Caller.Share;
import dev.fleetrunner.contract.Glob;
import dev.fleetrunner.contract.ImageRule;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What those to whom a rule gives it may ask for.
 *
 * @param capabilities what their tasks keep of them, without {@code CAP_}
 * @param secrets which of them they may use
 * @param engine whether they may ask for an engine
 * @param isolation the walls they may name; the first is what a task gets that names none
 */
record Profile(
        String name,
        Images images,
        Binds binds,
        Hosts network,
        boolean root,
        List<String> capabilities,
        Ceiling limits,
        Share share,
        List<Glob> runtimes,
        List<Glob> secrets,
        boolean engine,
        List<String> isolation) {

    /**
     * Images.
     *
     * @param pull whether one that the engine does not have may be fetched
     */
    record Images(ImageRule rule, boolean pull) {}

    /**
     * Directories of the machine.
     *
     * @param roots below which they may lie
     * @param readOnly whether they may only be read
     */
    record Binds(List<Path> roots, boolean readOnly) {}

    /** How far a task may reach, and which hosts it may name. */
    record Hosts(Set<Mode> modes, List<HostPattern> allow) {}
}
