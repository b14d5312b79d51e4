package dev.fleetrunner.async;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/** Work that is done whether or not anybody waits for it. */
public final class Begun {
    private Begun() {}

    /**
     * Begins the work now and tells everybody who subscribes, then or later, how it went; who cancels only stops waiting.
     *
     * <p>Not {@code memoize()}: in Mutiny 3.1.1 one who subscribes to it just when the item comes may get the item before
     * the subscription, which {@code transformToUni} takes for the item of the stage before.
     */
    public static <T> Uni<T> now(Uni<T> work) {
        return told(work.subscribeAsCompletionStage());
    }

    /** Tells everybody who subscribes how it goes. */
    public static <T> Uni<T> told(CompletableFuture<T> future) {
        return Uni.createFrom().completionStage(future::copy);
    }
}
