package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_UNAVAILABLE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.async.Later;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The command's own output, from a stream of the engine's. The stream ends just the same when the command has ended and
 * when the engine dies. Init's last words tell the first; without them the container is looked at, and what the stream
 * did not bring is taken from the engine's log.
 */
final class ContainerOutput {
    /** An engine may take a moment to notice that a container has ended whose streams are closed. */
    private static final Duration NOTICE = Duration.ofSeconds(5);

    private static final int KILLED = 137;

    private final EngineClient client;
    private final String uri;
    private final String nonce;
    private final EngineLog log;
    private final boolean adopted;
    private final Instant since;
    private final Unseen unseen;
    private final Multi<LogChunk> chunks;
    private volatile InitWords words;
    private volatile boolean missing;

    private ContainerOutput(
            EngineClient client,
            String uri,
            String nonce,
            EngineLog log,
            Multi<LogChunk> stream,
            LogCursor cursor,
            boolean adopted,
            Instant since) {
        this.client = client;
        this.uri = uri;
        this.nonce = nonce;
        this.log = log;
        this.adopted = adopted;
        this.since = since;
        this.missing = since != null;
        this.unseen = new Unseen(cursor);
        this.words = new InitWords(nonce);
        Function<LogChunk, List<LogChunk>> resume = since == null ? unseen.source() : this::younger;
        this.chunks = own(stream, words, resume)
                .onFailure(ContainerOutput::isUnavailable)
                .recoverWithMulti(failure -> words.complete() || since == null
                        ? Multi.createFrom().empty()
                        : Multi.createFrom().failure(brokeOff(failure)))
                .onCompletion()
                .switchTo(this::afterTheStream);
    }

    /** Of a container that is attached to and not started yet. */
    static ContainerOutput attached(
            EngineClient client, String uri, String nonce, EngineLog log, Multi<LogChunk> stream) {
        return new ContainerOutput(client, uri, nonce, log, stream, LogCursor.START, false, null);
    }

    /** From the engine's log, which is there from the beginning on, behind a cursor. */
    static ContainerOutput behind(
            EngineClient client, String uri, String nonce, EngineLog log, Multi<LogChunk> stream, LogCursor cursor) {
        return new ContainerOutput(client, uri, nonce, log, stream, cursor, true, null);
    }

    /** From an engine's log whose beginning is lost, from a time on. */
    static ContainerOutput since(
            EngineClient client, String uri, String nonce, EngineLog log, Multi<LogChunk> stream, Instant since) {
        return new ContainerOutput(client, uri, nonce, log, stream, LogCursor.START, true, since);
    }

    /** To be subscribed to once. */
    Multi<LogChunk> chunks() {
        return chunks;
    }

    /** What init reported, or null; when the chunks have completed. */
    InitReport report() {
        return words.report();
    }

    /** Whether the engine had thrown output away that was not delivered. */
    boolean missing() {
        return missing;
    }

    private static Multi<LogChunk> own(
            Multi<LogChunk> stream, InitWords words, Function<LogChunk, List<LogChunk>> resume) {
        return stream.onItem()
                .transformToMultiAndConcatenate(chunk -> Multi.createFrom().iterable(words.filter(chunk)))
                .onItem()
                .transformToMultiAndConcatenate(chunk -> Multi.createFrom().iterable(resume.apply(chunk)));
    }

    private List<LogChunk> younger(LogChunk chunk) {
        return chunk.at().isBefore(since) ? List.of() : List.of(chunk);
    }

    private Multi<LogChunk> afterTheStream() {
        if (words.complete()) {
            return adopted && since == null
                    ? log.isWhole().invoke(whole -> missing = !whole).onItem().transformToMulti(whole -> nothing())
                    : nothing();
        }
        return ended().onItem()
                .transformToMulti(container -> container.isEmpty() || since != null
                        ? rest(words)
                        : remainder(
                                container.get().path("State").path("ExitCode").asInt()));
    }

    /** The ended container, or nothing if it is gone altogether; fails if it still runs, or nobody answers. */
    private Uni<Optional<JsonNode>> ended() {
        return look().chain(container -> container.isEmpty() || EngineContainer.ended(container.get())
                        ? Uni.createFrom().item(container)
                        : client.await(HttpMethod.POST, uri + "/wait")
                                .ifNoItem()
                                .after(NOTICE)
                                .failWith(() -> new RuntimeFailure(ENGINE_UNAVAILABLE, "the command still runs"))
                                .chain(this::look))
                .onFailure(ContainerOutput::isUnavailable)
                .transform(ContainerOutput::brokeOff);
    }

    private Uni<Optional<JsonNode>> look() {
        return client.get(uri + "/json")
                .map(answer -> answer.status() == 404
                        ? Optional.empty()
                        : Optional.of(answer.orFail(ENGINE_UNAVAILABLE, "the container cannot be looked at")
                                .json()));
    }

    /** What the engine's log has beyond what came; nothing where the log has lost its beginning. */
    private Multi<LogChunk> remainder(int exitCode) {
        return log.isWhole().onItem().transformToMulti(whole -> {
            if (!whole) {
                missing = adopted;
                return rest(words);
            }
            var again = new InitWords(nonce);
            words = again;
            Function<LogChunk, List<LogChunk>> resume = unseen.source();
            return Later.stream(log.read()
                    .map(stream -> own(stream, again, resume).onCompletion().switchTo(() -> {
                        // Only init that was killed has no last words; others are lost, and the output before them.
                        missing = !again.complete() && exitCode != KILLED;
                        return rest(again).onItem().transformToMultiAndConcatenate(chunk -> Multi.createFrom()
                                .iterable(resume.apply(chunk)));
                    })));
        });
    }

    private static Multi<LogChunk> rest(InitWords words) {
        return Multi.createFrom().iterable(words.rest());
    }

    private static Multi<LogChunk> nothing() {
        return Multi.createFrom().empty();
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof RuntimeFailure runtime && runtime.reason().code() == ENGINE_UNAVAILABLE;
    }

    private static RuntimeFailure brokeOff(Throwable failure) {
        return new RuntimeFailure(
                ENGINE_UNAVAILABLE,
                "the engine's stream of the output broke off: "
                        + ((RuntimeFailure) failure).reason().message(),
                failure);
    }
}
