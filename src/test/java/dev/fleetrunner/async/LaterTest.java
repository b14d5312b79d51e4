package dev.fleetrunner.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaterTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int RACES = 20_000;

    private final CompletableFuture<Multi<Integer>> known = new CompletableFuture<>();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    private AssertSubscriber<Integer> reading(long demand) {
        return Later.<Integer>stream(Uni.createFrom().completionStage(known))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(demand));
    }

    @Test
    void whatWasAskedForBeforeComesAfterwardsAndNoMore() {
        var reader = reading(2);
        reader.assertHasNotReceivedAnyItem();

        known.complete(Multi.createFrom().range(0, 10));

        reader.assertItems(0, 1).assertNotTerminated();
        reader.request(100);
        reader.assertCompleted();
        assertThat(reader.getItems()).hasSize(10);
    }

    @Test
    void aFailureIsTold() {
        var reader = reading(1);

        known.completeExceptionally(new IOException("not there"));

        reader.assertFailedWith(IOException.class, "not there");
    }

    @Test
    void whoLeavesBeforeLeavesTheWaitToo() {
        var left = new AtomicInteger();
        var reader = Later.stream(Uni.createFrom()
                        .<Multi<Integer>>nothing()
                        .onCancellation()
                        .invoke(left::incrementAndGet))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1));

        reader.cancel();

        assertThat(left).hasValue(1);
    }

    /** Whichever comes first, nobody is left reading. */
    @Test
    void aCancellationThatMeetsTheStreamCancelsIt() throws Exception {
        var open = new AtomicInteger();
        Multi<Integer> endless = Multi.createFrom()
                .<Integer>nothing()
                .onSubscription()
                .invoke(open::incrementAndGet)
                .onCancellation()
                .invoke(open::decrementAndGet);
        var start = new CyclicBarrier(2);
        for (int i = 0; i < RACES; i++) {
            var stream = new CompletableFuture<Multi<Integer>>();
            var reader = Later.stream(Uni.createFrom().completionStage(stream))
                    .subscribe()
                    .withSubscriber(AssertSubscriber.create(1));
            var told = other.submit(() -> {
                start.await();
                return stream.complete(endless);
            });
            start.await();

            reader.cancel();

            told.get();
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(open).hasValue(0));
    }
}
