package dev.fleetrunner.store.sqlite;

import io.smallrye.mutiny.subscription.UniEmitter;

/** Work and the one who waits for its answer. */
record Job<T>(Work<T> work, UniEmitter<? super T> caller) {

    /** The answer, to be given once it may be given. */
    Runnable answer(T result) {
        return () -> {
            work.committed(result);
            caller.complete(result);
        };
    }
}
