package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;

/** Ends containers. By signals of our own rather than the engine's stop, which holds Podman's lock for the grace. */
final class Stops {
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration NO_GRACE = Duration.ofMillis(1);

    private final EngineClient client;

    Stops(EngineClient client) {
        this.client = client;
    }

    /** TERM, the grace, KILL; completes when the container has ended. */
    Uni<Void> stop(String uri, Duration grace) {
        return term(uri)
                .chain(running -> running
                        ? ended(uri)
                                .ifNoItem()
                                .after(grace.isZero() ? NO_GRACE : grace)
                                .recoverWithUni(() -> kill(uri))
                        : Uni.createFrom().voidItem());
    }

    /** Whether there is anything to wait for; one that takes no TERM and yet runs gets KILL after its grace. */
    private Uni<Boolean> term(String uri) {
        return signal(uri, "TERM")
                .chain(answer -> answer.ok() ? Uni.createFrom().item(true) : runs(uri));
    }

    /** A refusal may have met the container's end, which Podman's inspection tells a moment later. */
    private Uni<Void> kill(String uri) {
        return signal(uri, "KILL")
                .chain(answer -> answer.ok()
                        ? ended(uri)
                        : runs(uri)
                                .chain(running -> running
                                        ? ended(uri)
                                                .ifNoItem()
                                                .after(LATE)
                                                .failWith(() -> answer.failure(
                                                        ENGINE_FAILED, "the container cannot be stopped"))
                                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> ended(String uri) {
        return client.await(HttpMethod.POST, uri + "/wait").replaceWithVoid();
    }

    /** One that has ended, was never started or is gone cannot be signalled: Docker says 409, Podman 500. */
    private Uni<EngineAnswer> signal(String uri, String signal) {
        return client.post(uri + "/kill?signal=" + signal, null);
    }

    private Uni<Boolean> runs(String uri) {
        return client.get(uri + "/json")
                .map(inspected -> inspected.ok()
                        && inspected.json().path("State").path("Running").asBoolean());
    }
}
