package dev.fleetrunner.mcp.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.Client;
import dev.fleetrunner.mcp.call.ToolCall;
import io.quarkiverse.mcp.server.Cancellation.OperationCancellationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Waiting waiting = new Waiting(null);
    private final ToolCall call = new ToolCall(Caller.SERVICE, new Arguments("test", null), new Client() {
        @Override
        public String address() {
            return "";
        }

        @Override
        public boolean gone() {
            looks.incrementAndGet();
            return gone.get();
        }

        @Override
        public void progress(double value, Double total, String message) {}

        @Override
        public void log(Map<String, Object> line) {}
    });

    private Uni<String> never() {
        return Uni.createFrom().<String>nothing().onCancellation().invoke(() -> cancelled.set(true));
    }

    @Test
    void whatIsThereIsGivenAndNobodyLooksAnyMore() {
        var subscriber = waiting.whileThere(
                        call, Uni.createFrom().item("there").onItem().delayIt().by(Duration.ofMillis(600)))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        subscriber.awaitItem().assertItem("there");

        int seen = looks.get();
        assertThat(seen).isPositive();
        await().during(Duration.ofMillis(800)).until(() -> looks.get() == seen);
    }

    @Test
    void whoGoesAwayEndsTheWaiting() {
        var subscriber = waiting.whileThere(call, never()).subscribe().withSubscriber(UniAssertSubscriber.create());

        gone.set(true);

        subscriber.awaitFailure().assertFailedWith(OperationCancellationException.class);
        assertThat(cancelled).isTrue();
    }

    @Test
    void aWaitingThatIsCancelledLooksNoMore() {
        var waited = waiting.whileThere(call, never()).subscribe().withSubscriber(UniAssertSubscriber.create());
        await().until(() -> looks.get() > 0);

        waited.cancel();

        assertThat(cancelled).isTrue();
        int seen = looks.get();
        await().during(Duration.ofMillis(800)).until(() -> looks.get() <= seen + 1);
    }

    @Test
    void aFailureIsTold() {
        waiting.whileThere(call, Uni.createFrom().failure(new IllegalStateException("no")))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitFailure()
                .assertFailedWith(IllegalStateException.class, "no");
    }
}
