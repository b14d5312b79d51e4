package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.mcp.answer.Content;
import dev.fleetrunner.pipeline.OpenArtifact;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.pipeline.Tasks;
import io.quarkiverse.mcp.server.BlobResourceContents;
import io.quarkiverse.mcp.server.ResourceContents;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** One file that a task left behind, whole. */
@Singleton
class ArtifactResource implements AgentResource {
    private static final int MOST = 4 << 20;
    /** A byte takes six at most in JSON. */
    private static final int ROOM = MOST * 6;

    private final Tasks tasks;

    ArtifactResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public About about() {
        return new About(
                "task-artifact",
                "task://{id}/artifacts/{path}",
                "Artifact",
                "One file that a task left behind, of at most 4 MiB; in the path, a slash is %2F",
                null);
    }

    @Override
    public Uni<ResourceContents> read(Request request) {
        String path = URLDecoder.decode(request.variables().get("path").replace("+", "%2B"), StandardCharsets.UTF_8);
        return tasks.artifact(request.caller(), request.taskId(), path.startsWith("/") ? path.substring(1) : path)
                .chain(open -> read(request, open));
    }

    private static Uni<ResourceContents> read(Request request, OpenArtifact open) {
        long size = open.file().size();
        if (size > MOST) {
            throw Refusal.of(CauseCode.INVALID_REQUEST
                    .because("the file has " + size + " bytes, and a resource at most " + MOST)
                    .withRemedy("read it in pieces with read_artifact, or load it over REST"));
        }
        Uni<Buffer> bytes = size == 0
                ? Uni.createFrom().item(Buffer.buffer())
                : open.read(0, size).collect().in(Buffer::buffer, Buffer::appendBuffer);
        return bytes.map(all -> contents(request.uri(), Content.of(all.getBytes(), ROOM)));
    }

    private static ResourceContents contents(String uri, Content content) {
        return content.isText()
                ? new TextResourceContents(uri, content.text(), "text/plain")
                : new BlobResourceContents(uri, content.text(), "application/octet-stream");
    }
}
