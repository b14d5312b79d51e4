package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.MOUNT_INVALID;
import static dev.fleetrunner.contract.CauseCode.RUNNER_RESTARTED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.engine.EngineClient.EngineStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Brings containers to the point where their output flows here: starts them, or takes over what was started before. */
final class Starts {
    private final EngineClient client;
    private final String instance;
    private final Set<String> unenforced;

    Starts(EngineClient client, String instance, Set<String> unenforced) {
        this.client = client;
        this.instance = instance;
        this.unenforced = unenforced;
    }

    /** Attaches first, so that no byte is missed: attaching to a container that has ended resets its exit code on Podman. */
    Uni<RunningContainer> start(ContainerRef ref, String uri) {
        return client.stream(HttpMethod.POST, uri + "/attach?stream=1&stdout=1&stderr=1", Map.of())
                .onItem()
                .transformToUni(attached -> attached.orFail(ENGINE_FAILED, "the container's output cannot be caught"))
                .onItem()
                .transformToUni(attached -> client.post(uri + "/start", null)
                        .onItem()
                        .transformToUni(answer -> answer.ok()
                                ? Uni.createFrom().item(running(ref, uri, attached, Instant.now(), LogCursor.START))
                                : startFailure(uri, answer))
                        .onFailure()
                        .invoke(() -> discard(attached.body()))
                        .onCancellation()
                        .invoke(() -> discard(attached.body())));
    }

    private RunningContainer running(
            ContainerRef ref, String uri, EngineStream stream, Instant startedAt, LogCursor from) {
        String nonce = InitReport.nonce(instance, ref.taskId());
        return new EngineContainer(client, uri, unenforced, startedAt, nonce, stream.body(), from);
    }

    private static void discard(Multi<Buffer> body) {
        body.subscribe().with(bytes -> {}, failure -> {}).cancel();
    }

    /** With our own init as the first process, a container that does not start lacks something that is mounted. */
    private Uni<RunningContainer> startFailure(String uri, EngineAnswer answer) {
        return client.get(uri + "/json").map(inspected -> {
            boolean binds = false;
            for (JsonNode mount : inspected.json().path("Mounts")) {
                binds |= mount.path("Type").asText().equals("bind");
            }
            throw answer.failure(binds ? MOUNT_INVALID : ENGINE_FAILED, "the container cannot be started");
        });
    }

    /** Takes over a container, running or ended, from behind a cursor on. */
    Uni<RunningContainer> adopt(ContainerRef ref, String uri, LogCursor from) {
        return client.get(uri + "/json").onItem().transformToUni(answer -> {
            JsonNode state = answer.ok() ? answer.json().path("State") : null;
            if (state == null || state.path("StartedAt").asText().startsWith("0001-")) {
                throw new RuntimeFailure(RUNNER_RESTARTED, "the runner was restarted before the command ran");
            }
            Instant startedAt = Instant.parse(state.path("StartedAt").asText());
            return client.stream(HttpMethod.GET, uri + "/logs?follow=1&stdout=1&stderr=1", Map.of())
                    .onItem()
                    .transformToUni(stream -> stream.orFail(ENGINE_FAILED, "the container's log cannot be read"))
                    .map(stream -> running(ref, uri, stream, startedAt, from));
        });
    }
}
