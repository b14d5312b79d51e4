package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * How long a preparation may take: getting the image has its own limit, and so has waiting for a place, which does not
 * count against the image's. With the image there the runtime's own limits hold.
 */
final class Patience {
    private final TaskSpec spec;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private Stage stage;
    private Cancellable timer = () -> {};

    private enum Stage {
        IMAGE,
        PLACE,
        CONTAINER
    }

    Patience(TaskSpec spec) {
        this.spec = spec;
        enter(Stage.IMAGE, null);
    }

    /** Fails when a limit is reached; never completes. */
    <T> Uni<T> over() {
        return Begun.told(over).onItem().transformToUni(never -> Uni.createFrom()
                .nothing());
    }

    /** A step was made; the limit of its stage counts from the stage's first step. */
    void note(Preparation step) {
        if (step instanceof Preparation.Waiting waiting) {
            enter(Stage.PLACE, waiting.detail());
        } else if (step instanceof Preparation.Pulling) {
            enter(Stage.IMAGE, null);
        } else {
            enter(Stage.CONTAINER, null);
        }
    }

    /** Counts no more. */
    synchronized void close() {
        timer.cancel();
    }

    private synchronized void enter(Stage next, String detail) {
        if (next == stage) {
            return;
        }
        stage = next;
        timer.cancel();
        int image = spec.timeouts().imageSec();
        int queue = spec.timeouts().queueSec();
        switch (next) {
            case IMAGE ->
                failAfter(
                        image,
                        CauseCode.IMAGE_PULL_TIMEOUT,
                        "image " + spec.image() + " was not there after " + image + " s");
            case PLACE ->
                failAfter(queue, CauseCode.UNSCHEDULABLE, "no place was found within " + queue + " s: " + detail);
            case CONTAINER -> timer = () -> {};
        }
    }

    private void failAfter(int seconds, CauseCode code, String message) {
        timer = Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofSeconds(seconds))
                .subscribe()
                .with(late -> over.completeExceptionally(new RuntimeFailure(code, message)));
    }
}
