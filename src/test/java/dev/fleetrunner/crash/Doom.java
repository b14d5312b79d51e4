package dev.fleetrunner.crash;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Comes over a runner at one point: says so on standard output and lets nothing pass that point any more, until whoever
 * reads that sends SIGKILL.
 */
final class Doom {
    static final String WORDS = "kill me now";

    private final KillPoint mine;
    private final AtomicBoolean said = new AtomicBoolean();

    Doom(KillPoint mine) {
        this.mine = mine;
    }

    /** Whether nothing may pass this point. */
    boolean has(KillPoint point) {
        if (point != mine) {
            return false;
        }
        if (said.compareAndSet(false, true)) {
            System.out.println(WORDS);
            System.out.flush();
        }
        return true;
    }

    <T> Uni<T> before(KillPoint point, Uni<T> work) {
        return Uni.createFrom().deferred(() -> has(point) ? Uni.createFrom().nothing() : work);
    }

    <T> Uni<T> after(KillPoint point, Uni<T> work) {
        return work.onItem()
                .transformToUni(done -> has(point)
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom().item(done));
    }

    /** Lets an item pass, or nothing any more. */
    <T> Multi<T> at(KillPoint point, T item) {
        return has(point) ? Multi.createFrom().nothing() : Multi.createFrom().item(item);
    }
}
