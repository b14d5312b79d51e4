package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.async.Begun;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Work that is done once, however many ask for it at the same time; a failure is not kept. */
final class Once<T> {
    private final Supplier<Uni<T>> work;
    private Uni<T> done;

    Once(Supplier<Uni<T>> work) {
        this.work = work;
    }

    /** The work's end; begins it if it was not begun. */
    synchronized Uni<T> get() {
        if (done == null) {
            Uni<T> begun = Begun.now(work.get());
            done = begun;
            begun.subscribe().with(good -> {}, failure -> forget(begun));
        }
        return done;
    }

    private synchronized void forget(Uni<T> failed) {
        if (done == failed) {
            done = null;
        }
    }

    /** Forgets that it was done. */
    synchronized Once<T> again() {
        done = null;
        return this;
    }
}
