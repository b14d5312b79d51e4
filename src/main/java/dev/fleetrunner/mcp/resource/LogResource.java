package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.pipeline.OpenLog;
import dev.fleetrunner.pipeline.Tasks;
import io.quarkiverse.mcp.server.ResourceContents;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** A log as the command wrote it, both streams together; of a long one the end. */
@Singleton
class LogResource implements AgentResource {
    private static final long MOST = 1 << 20;

    private final Tasks tasks;

    LogResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public About about() {
        return new About(
                "task-log",
                "task://{id}/log",
                "Log",
                "What the command wrote, as far as it is by now; of more than 1 MiB the end, and a first line that says so",
                "text/plain");
    }

    @Override
    public Uni<ResourceContents> read(Request request) {
        return tasks.log(request.caller(), request.taskId()).chain(log -> read(request, log));
    }

    private static Uni<ResourceContents> read(Request request, OpenLog log) {
        long size = log.info().keptBytes();
        long from = Math.max(0, size - MOST);
        String note = from == 0
                ? ""
                : "[the first " + from + " bytes are left out: stream_logs, or task://" + request.taskId()
                        + "/log/1]\n";
        return log.plain(null, from, size - from)
                .collect()
                .in(Buffer::buffer, Buffer::appendBytes)
                .map(bytes -> new TextResourceContents(
                        request.uri(), note + bytes.toString(StandardCharsets.UTF_8), "text/plain"));
    }
}
