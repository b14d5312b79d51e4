package dev.fleetrunner.runtime.engine;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Work that is done once, however many ask for it at the same time; a failure is not kept. */
final class Once {
    private final Supplier<Uni<Void>> work;
    private Uni<Void> done;

    Once(Supplier<Uni<Void>> work) {
        this.work = work;
    }

    /** The work's end; begins it if it was not begun. */
    synchronized Uni<Void> get() {
        if (done == null) {
            done = work.get().onFailure().invoke(this::refill).memoize().indefinitely();
        }
        return done;
    }

    /** Forgets that it was done. */
    synchronized Once refill() {
        done = null;
        return this;
    }
}
