package dev.fleetrunner.contract;

import dev.fleetrunner.contract.Caller.Share;
import java.util.List;

/**
 * What the policy gave a task when it was admitted, beyond what its spec says.
 *
 * @param rule the name of the rule that allowed it
 * @param bindRoots directories of the machine below which its binds must lie
 * @param pull whether an image that the engine does not have may be fetched
 * @param capabilities what its container keeps of them, without {@code CAP_}
 * @param share how much of the service its owner may take
 * @param images which the containers may use that it makes with an engine of its own; none in what was written down before
 *     there was this field
 * @param runtimes patterns of those that it may be given to, as {@link Glob} reads them; any in what was written down before
 *     there was this field
 */
public record Grant(
        String rule,
        List<String> bindRoots,
        boolean pull,
        List<String> capabilities,
        Share share,
        ImageRule images,
        List<String> runtimes) {
    private static final List<String> ANY = List.of("*");
    /** For tasks of which nothing was written down. */
    public static final Grant NOTHING = new Grant(null, List.of(), true, List.of(), Share.WHOLE, ImageRule.ALL, ANY);

    public Grant {
        bindRoots = List.copyOf(bindRoots);
        images = images == null ? ImageRule.NONE : images;
        capabilities = List.copyOf(capabilities);
        runtimes = runtimes == null ? ANY : List.copyOf(runtimes);
    }

    /**
     * Whether a runtime may be chosen.
     *
     * @param engine its name without that of a wall which it is there for alone
     */
    public boolean allowsRuntime(String engine, String name) {
        List<Glob> globs = runtimes.stream().map(Glob::of).toList();
        return Glob.any(globs, name) || Glob.any(globs, engine);
    }
}
