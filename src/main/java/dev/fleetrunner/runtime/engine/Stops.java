package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;

/** Ends containers. By signals of our own rather than the engine's stop, which holds Podman's lock for the grace. */
final class Stops {
    private static final Duration NO_GRACE = Duration.ofMillis(1);

    private final EngineClient client;

    Stops(EngineClient client) {
        this.client = client;
    }

    /** TERM, the grace, KILL; completes when the container has ended. */
    Uni<Void> stop(String uri, Duration grace) {
        return signal(uri, "TERM")
                .chain(running -> running
                        ? ended(uri)
                                .ifNoItem()
                                .after(grace.isZero() ? NO_GRACE : grace)
                                .recoverWithUni(() -> signal(uri, "KILL").chain(() -> ended(uri)))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> ended(String uri) {
        return client.await(HttpMethod.POST, uri + "/wait").replaceWithVoid();
    }

    /** Whether there was a running container to take the signal. */
    private Uni<Boolean> signal(String uri, String signal) {
        return client.post(uri + "/kill?signal=" + signal, null)
                .chain(answer -> answer.ok() ? Uni.createFrom().item(true) : notRunning(uri, answer));
    }

    /** One that has ended, was never started or is gone cannot be signalled: Docker says 409, Podman 500. */
    private Uni<Boolean> notRunning(String uri, EngineAnswer refusal) {
        return client.get(uri + "/json").map(inspected -> {
            if (inspected.ok() && inspected.json().path("State").path("Running").asBoolean()) {
                throw refusal.failure(ENGINE_FAILED, "the container cannot be stopped");
            }
            return false;
        });
    }
}
