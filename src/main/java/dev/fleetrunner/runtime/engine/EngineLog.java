package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import dev.fleetrunner.async.Later;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.runtime.engine.EngineClient.EngineStream;
import dev.fleetrunner.runtime.engine.LogEntries.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.Arrays;

/** A container's log as the engine keeps it; up to a size, then it throws the older output away. */
final class EngineLog {
    private static final String QUERY = "/logs?stdout=1&stderr=1&timestamps=1";

    private final EngineClient client;
    private final Dialect dialect;
    private final String uri;
    private final byte[] firstWords;

    /** @param uri of the container */
    EngineLog(EngineClient client, Dialect dialect, String uri, String nonce) {
        this.client = client;
        this.dialect = dialect;
        this.uri = uri;
        this.firstWords = InitReport.firstWords(nonce);
    }

    /**
     * Whether the output is there from its beginning on: whatever comes first is what init said first, on either stream.
     * An empty log lacks nothing, as engines throw older output away only when they write newer.
     */
    Uni<Boolean> isWhole() {
        return Later.stream(body(client.stream(HttpMethod.GET, uri + QUERY)).map(EngineLog::entries))
                .select()
                .first()
                .collect()
                .first()
                .map(entry -> entry == null || Arrays.equals(entry.bytes(), firstWords));
    }

    /** What it has now, init's words too, each chunk with the time at which the engine wrote it down. */
    Uni<Multi<LogChunk>> read() {
        return body(client.stream(HttpMethod.GET, uri + QUERY)).map(this::chunks);
    }

    /** The same, and what comes until the container ends; it may be subscribed to later. */
    Uni<Multi<LogChunk>> follow() {
        return body(client.hold(HttpMethod.GET, uri + QUERY + "&follow=1")).map(this::chunks);
    }

    private static Uni<Multi<Buffer>> body(Uni<EngineStream> opening) {
        return opening.chain(stream -> stream.orFail(ENGINE_FAILED, "the container's log cannot be read"))
                .map(EngineStream::body);
    }

    private Multi<LogChunk> chunks(Multi<Buffer> body) {
        var lines = new LongLines(dialect.partsWithoutNewline());
        return entries(body).onItem().transformToMultiAndConcatenate(entry -> Multi.createFrom()
                .iterable(lines.restore(entry)));
    }

    private static Multi<Entry> entries(Multi<Buffer> body) {
        var entries = new LogEntries();
        return body.onItem()
                .transformToMultiAndConcatenate(bytes -> Multi.createFrom().iterable(entries.decode(bytes.getBytes())));
    }
}
