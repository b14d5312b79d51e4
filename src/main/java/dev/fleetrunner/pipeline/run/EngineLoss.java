package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** What is done about an engine that goes away: it may come back, and containers outlive it. */
final class EngineLoss {
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration AGAIN_AT_MOST = Duration.ofSeconds(2);

    private final Clock clock;
    private final Duration limit;

    /**
     * @param limit how long an engine is waited for
     */
    EngineLoss(Clock clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Whether a failure says that the engine does not answer. */
    static boolean isIt(Throwable failure) {
        return failure instanceof RuntimeFailure known && known.reason().code() == CauseCode.ENGINE_UNAVAILABLE;
    }

    /** Asks again and again while the engine does not answer; fails with the last answer when the limit is reached. */
    <T> Uni<T> outlast(Supplier<Uni<T>> question) {
        return Uni.createFrom().deferred(() -> {
            Instant until = clock.now().plus(limit);
            return Uni.createFrom()
                    .deferred(() -> question.get())
                    .onFailure(failure -> isIt(failure) && clock.now().isBefore(until))
                    .retry()
                    .withBackOff(AGAIN, AGAIN_AT_MOST)
                    .indefinitely();
        });
    }
}
