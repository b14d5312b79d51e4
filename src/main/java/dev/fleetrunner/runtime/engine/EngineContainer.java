package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A started container: its output and its exit. */
final class EngineContainer implements RunningContainer {
    /** A command that ends in so short a time is looked at once, at its end. */
    private static final Duration SHORT = Duration.ofMillis(20);

    private final EngineClient client;
    private final String uri;
    private final Set<String> unenforced;
    private final Function<JsonNode, Uni<String>> wall;
    private final Instant startedAt;
    private final ContainerOutput output;
    private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();
    private volatile Uni<JsonNode> receipt;

    /**
     * @param uri of the container
     * @param wall finds out which one a container has that was looked at
     */
    EngineContainer(
            EngineClient client,
            String uri,
            Set<String> unenforced,
            Function<JsonNode, Uni<String>> wall,
            Instant startedAt,
            ContainerOutput output) {
        this.client = client;
        this.uri = uri;
        this.unenforced = unenforced;
        this.wall = wall;
        this.startedAt = startedAt;
        this.output = output;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public Multi<LogChunk> output() {
        return output.chunks().onTermination().invoke(() -> outputEnded.complete(null));
    }

    @Override
    public boolean outputMissing() {
        return output.missing();
    }

    @Override
    public Uni<Exit> exit() {
        return seenLast()
                .onItem()
                .transformToUni(container -> ended(container)
                        ? Uni.createFrom().item(container)
                        // A command may close its output and go on; an engine may take a moment to notice the end.
                        : client.await(HttpMethod.POST, uri + "/wait")
                                .map(answer -> answer.orFail(ENGINE_FAILED, "the container's end cannot be awaited"))
                                .onItem()
                                .transformToUni(answer -> inspect()))
                .map(this::exitOf);
    }

    @Override
    public Uni<Enforced> enforced() {
        return Uni.createFrom()
                .deferred(() -> receipt = Begun.now(afterAShortCommand().chain(this::inspect)))
                .chain(container -> wall.apply(container).map(found -> Receipt.read(container, unenforced, found)));
    }

    private Uni<Void> afterAShortCommand() {
        return Begun.told(outputEnded).ifNoItem().after(SHORT).recoverWithItem(() -> null);
    }

    /** Of a short command the look for the receipt has seen the end already. */
    private Uni<JsonNode> seenLast() {
        Uni<JsonNode> seen = receipt;
        return seen == null
                ? inspect()
                : seen.onFailure()
                        .recoverWithNull()
                        .chain(container -> container != null && ended(container)
                                ? Uni.createFrom().item(container)
                                : inspect());
    }

    private Uni<JsonNode> inspect() {
        return client.get(uri + "/json").map(answer -> answer.orFail(ENGINE_FAILED, "the container cannot be looked at")
                .json());
    }

    static boolean ended(JsonNode container) {
        JsonNode state = container.path("State");
        return !state.path("Running").asBoolean()
                && !state.path("FinishedAt").asText().startsWith("0001-");
    }

    private Exit exitOf(JsonNode container) {
        JsonNode state = container.path("State");
        InitReport report = output.report();
        if (report != null && report.secretsError() != 0) {
            throw new RuntimeFailure(
                    ENGINE_FAILED,
                    "the task's secrets did not reach its container (errno " + report.secretsError()
                            + "), so the command was not started");
        }
        boolean oomKilled = state.path("OOMKilled").asBoolean()
                || (report != null && report.oomKills() != null && report.oomKills() > 0);
        Instant finishedAt = Instant.parse(state.path("FinishedAt").asText());
        return new Exit(
                state.path("ExitCode").asInt(),
                // Podman may note the start of a command that ends at once after its end.
                report == null || report.wallMillis() == null
                        ? Instant.parse(state.path("StartedAt").asText())
                        : finishedAt.minusMillis(report.wallMillis()),
                finishedAt,
                report == null || report.execError() == 0,
                oomKilled,
                report != null && report.deadlineReached(),
                report == null || report.cpuNanos() == null ? null : report.cpuNanos() / 1e9,
                report == null ? null : report.peakMemoryBytes(),
                report == null ? null : report.diskUsedBytes());
    }
}
