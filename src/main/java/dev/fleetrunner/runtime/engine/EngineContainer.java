package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.runtime.RunningContainer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A started container: its output taken apart, init's report taken out, and its exit. */
final class EngineContainer implements RunningContainer {
    private final EngineClient client;
    private final String uri;
    private final Set<String> unenforced;
    private final Instant startedAt;
    private final Multi<LogChunk> output;
    private final InitReportFilter filter;

    /**
     * @param uri of the container
     * @param raw the engine's multiplexed stream
     * @param skip what of the stream is written here already
     */
    EngineContainer(
            EngineClient client,
            String uri,
            Set<String> unenforced,
            Instant startedAt,
            String nonce,
            Multi<Buffer> raw,
            LogCursor skip) {
        this.client = client;
        this.uri = uri;
        this.unenforced = unenforced;
        this.startedAt = startedAt;
        this.filter = new InitReportFilter(nonce);
        var decoder = new FrameDecoder();
        var behind = new SkipTo(skip);
        this.output = raw.onItem()
                .transformToMultiAndConcatenate(
                        bytes -> Multi.createFrom().iterable(decoder.decode(bytes.getBytes(), Instant.now())))
                .onItem()
                .transformToMultiAndConcatenate(chunk -> Multi.createFrom().iterable(filter.filter(chunk)))
                .onCompletion()
                .switchTo(() -> Multi.createFrom().iterable(filter.rest()))
                .onItem()
                .transformToMultiAndConcatenate(chunk -> Multi.createFrom().iterable(behind.left(chunk)));
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public Multi<LogChunk> output() {
        return output;
    }

    @Override
    public Uni<Exit> exit() {
        return inspect()
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
        return inspect().map(container -> Receipt.read(container, unenforced));
    }

    private Uni<JsonNode> inspect() {
        return client.get(uri + "/json").map(answer -> answer.orFail(ENGINE_FAILED, "the container cannot be looked at")
                .json());
    }

    private static boolean ended(JsonNode container) {
        JsonNode state = container.path("State");
        return !state.path("Running").asBoolean()
                && !state.path("FinishedAt").asText().startsWith("0001-");
    }

    private Exit exitOf(JsonNode container) {
        JsonNode state = container.path("State");
        InitReport report = filter.report();
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

    /** Leaves out what is before the cursor. */
    private static final class SkipTo {
        private long stdout;
        private long stderr;

        SkipTo(LogCursor cursor) {
            stdout = cursor.stdoutBytes();
            stderr = cursor.stderrBytes();
        }

        List<LogChunk> left(LogChunk chunk) {
            boolean out = chunk.stream() == LogStream.STDOUT;
            int skip = (int) Math.min(out ? stdout : stderr, chunk.bytes().length);
            if (skip == 0) {
                return List.of(chunk);
            }
            if (out) {
                stdout -= skip;
            } else {
                stderr -= skip;
            }
            return skip == chunk.bytes().length
                    ? List.of()
                    : List.of(new LogChunk(
                            chunk.stream(), Arrays.copyOfRange(chunk.bytes(), skip, chunk.bytes().length), chunk.at()));
        }
    }
}
