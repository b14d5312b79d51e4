package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.logs.LogLines;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.Values;
import io.quarkiverse.mcp.server.ResourceContents;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** A piece of a log, exactly: records with their numbers, times and streams, and any bytes. */
@Singleton
class LogRecordsResource implements AgentResource {
    private static final String NDJSON = "application/x-ndjson";
    /** Pieces of about 128 KiB each. */
    private static final int PIECES = 2;

    private final Tasks tasks;

    LogRecordsResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public About about() {
        return new About(
                "task-log-records",
                "task://{id}/log/{from}",
                "Records of a log",
                "The log's exact records from a number on, counted from 1, about 256 KiB of them; the next piece begins "
                        + "behind the last one's seq",
                NDJSON);
    }

    @Override
    public Uni<ResourceContents> read(Request request) {
        long from = Values.number("from", request.variables().get("from"), 1, Values.LARGEST);
        return tasks.log(request.caller(), request.taskId())
                .chain(log -> text(log.readLines(LogQuery.from(from))))
                .map(text -> new TextResourceContents(request.uri(), text, NDJSON));
    }

    private static Uni<String> text(Multi<LogLines> lines) {
        return lines.select()
                .first(PIECES)
                .map(LogLines::ndjson)
                .collect()
                .in(Buffer::buffer, Buffer::appendBytes)
                .map(bytes -> bytes.toString(StandardCharsets.UTF_8));
    }
}
