package dev.fleetrunner.async;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/**
 * Work that has begun: it goes on whether or not anybody waits for it, and any number may wait for it, from any thread
 * and at any time. Mutiny's {@code memoize()} does not serve: a subscriber that comes while the item does may get the
 * item before its subscription (seen with 3.1.1).
 */
public final class Begun {
    private Begun() {}

    /** Begins the work now. Cancelling the result gives up the wait, not the work. */
    public static <T> Uni<T> now(Uni<T> work) {
        CompletableFuture<T> end = work.subscribeAsCompletionStage();
        return Uni.createFrom().completionStage(end::copy);
    }
}
