package dev.fleetrunner.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private final Promise<String> promise = new Promise<>();

    @Test
    void tellsThoseWhoWaitAndThoseWhoComeLater() {
        var before = promise.item().subscribe().withSubscriber(UniAssertSubscriber.create());
        before.assertNotTerminated();

        promise.keep("first");
        promise.keep("second");

        before.assertItem("first");
        promise.item().subscribe().withSubscriber(UniAssertSubscriber.create()).assertItem("first");
        assertThat(promise.waiting()).isZero();
    }

    @Test
    void forgetsWhoStopsWaiting() {
        var waiter = promise.item().subscribe().withSubscriber(UniAssertSubscriber.create());
        assertThat(promise.waiting()).isOne();

        waiter.cancel();

        assertThat(promise.waiting()).isZero();
        promise.keep("late");
        waiter.assertNotTerminated();
    }
}
