package dev.fleetrunner.async;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An item that comes once and is told to everybody who waits for it, then or later; who stops waiting is forgotten. */
public final class Promise<T> {
    private final Set<UniEmitter<? super T>> waiting = ConcurrentHashMap.newKeySet();
    private volatile T item;

    /** Gives the item, which is not null. A second one is dropped. */
    public void keep(T kept) {
        synchronized (this) {
            if (item != null) {
                return;
            }
            item = kept;
        }
        waiting.forEach(waiter -> waiter.complete(kept));
    }

    /** The item as soon as it is there. Never fails. */
    public Uni<T> item() {
        return Uni.createFrom().emitter(waiter -> {
            waiter.onTermination(() -> waiting.remove(waiter));
            waiting.add(waiter);
            T kept = item;
            if (kept != null) {
                waiter.complete(kept);
            }
        });
    }

    /** How many wait; for tests that look for leaks. */
    int waiting() {
        return waiting.size();
    }
}
