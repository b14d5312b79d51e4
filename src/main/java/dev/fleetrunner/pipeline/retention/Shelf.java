package dev.fleetrunner.pipeline.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * One kind of thing that is kept. Methods may be called from any thread and block none; one sweep at a time calls them,
 * several removals at once.
 */
public interface Shelf {

    /** The word of settings and metrics: one of a closed list, in the plural. */
    String kind();

    /** Everything on it, in any order, as it is asked for. What comes or goes meanwhile may be in it or not. */
    Multi<Kept> kept();

    /**
     * Removes one thing. Gives true when it is gone, which it may have been before; false if it is in use and was left.
     * May be called again for one that was half removed when the runner died.
     */
    Uni<Boolean> remove(String id);

    /** Whether nothing refers to it any more, so that it may go whatever the rule says. Asked once a runner's life. */
    default Uni<Boolean> orphaned(String id) {
        return Uni.createFrom().item(false);
    }
}
