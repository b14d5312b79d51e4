package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.MOUNT_INVALID;
import static dev.fleetrunner.contract.CauseCode.RUNNER_RESTARTED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec.Secret;
import dev.fleetrunner.runtime.LogResume;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Brings containers to the point where their output flows here: starts them, or takes over what was started before. */
final class Starts {
    /** What both engines have for a time that has not come. */
    private static final String NEVER = "0001-";

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final EngineClient client;
    private final Dialect dialect;
    private final String instance;
    private final Set<String> unenforced;
    private final Function<JsonNode, Uni<String>> wall;
    private final Outlets outlets;

    Starts(
            EngineClient client,
            Dialect dialect,
            String instance,
            Set<String> unenforced,
            Function<JsonNode, Uni<String>> wall,
            Outlets outlets) {
        this.client = client;
        this.dialect = dialect;
        this.instance = instance;
        this.unenforced = unenforced;
        this.wall = wall;
        this.outlets = outlets;
    }

    /**
     * Attaches first, so that no byte is missed: attaching to a container that has ended resets its exit code on Podman.
     *
     * @param secrets what its init waits for
     */
    Uni<RunningContainer> start(ContainerRef ref, String uri, List<Secret> secrets) {
        return client.hold(HttpMethod.POST, uri + "/attach?stream=1&stdout=1&stderr=1")
                .onItem()
                .transformToUni(attached -> attached.orFail(ENGINE_FAILED, "the container's output cannot be caught"))
                .onItem()
                .transformToUni(attached -> client.post(uri + "/start", null)
                        .onItem()
                        .transformToUni(answer -> answer.ok()
                                ? Uni.createFrom().item(attached(ref, uri, attached.body()))
                                : startFailure(uri, answer))
                        .call(() -> deliver(uri, secrets))
                        .onFailure()
                        .invoke(() -> discard(attached.body()))
                        .onCancellation()
                        .invoke(() -> discard(attached.body())));
    }

    /** On a connection of its own, which ends with them: the input has no other use. */
    private Uni<Void> deliver(String uri, List<Secret> secrets) {
        return secrets.isEmpty()
                ? Uni.createFrom().voidItem()
                : client.send(uri + "/attach?stream=1&stdin=1", SecretBlock.of(secrets));
    }

    private RunningContainer attached(ContainerRef ref, String uri, Multi<Buffer> body) {
        var frames = new FrameDecoder();
        Multi<LogChunk> chunks = body.onItem()
                .transformToMultiAndConcatenate(bytes -> Multi.createFrom().iterable(frames.decode(bytes.getBytes())))
                .filter(part -> part.bytes().length > 0)
                .map(part -> new LogChunk(part.stream(), part.bytes(), Instant.now()));
        return running(uri, Instant.now(), ContainerOutput.attached(client, uri, nonce(ref), log(ref, uri), chunks));
    }

    private RunningContainer running(String uri, Instant startedAt, ContainerOutput output) {
        return new EngineContainer(client, uri, unenforced, wall, startedAt, output);
    }

    private String nonce(ContainerRef ref) {
        return InitReport.nonce(instance, ref.taskId());
    }

    private EngineLog log(ContainerRef ref, String uri) {
        return new EngineLog(client, dialect, uri, nonce(ref));
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

    /** Takes over a container, running or ended, from where its output was left. */
    Uni<RunningContainer> adopt(ContainerRef ref, String uri, LogResume from) {
        return client.get(uri + "/json").onItem().transformToUni(answer -> {
            if (!answer.ok() && answer.status() != 404) {
                throw answer.failure(ENGINE_FAILED, "the container cannot be looked at");
            }
            String startedAt =
                    answer.ok() ? answer.json().path("State").path("StartedAt").asText() : NEVER;
            if (startedAt.startsWith(NEVER)) {
                throw new RuntimeFailure(RUNNER_RESTARTED, "the runner was restarted before the command ran");
            }
            return outlets.reopen(ref, answer.json())
                    .chain(() -> resumed(ref, uri, from).map(output -> running(uri, Instant.parse(startedAt), output)));
        });
    }

    private Uni<ContainerOutput> resumed(ContainerRef ref, String uri, LogResume from) {
        EngineLog log = log(ref, uri);
        return log.isWhole().chain(whole -> log.follow()
                .map(chunks -> whole
                        ? ContainerOutput.behind(client, uri, nonce(ref), log, chunks, from.cursor())
                        : ContainerOutput.since(client, uri, nonce(ref), log, chunks, behind(from.lastAt()))));
    }

    /**
     * No whole line that is younger was delivered before: a line has the time at which the engine had all of it, Podman
     * tells whole seconds, and a record may end a fraction of a second after its own time.
     */
    private static Instant behind(Instant lastAt) {
        return lastAt == null
                ? Instant.MIN
                : lastAt.plus(ONE_SECOND).plus(ONE_SECOND).truncatedTo(ChronoUnit.SECONDS);
    }
}
