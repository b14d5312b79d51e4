package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.mcp.answer.Content;
import dev.fleetrunner.pipeline.OpenArtifact;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;

/** Pieces of files that tasks left behind. */
final class Files {
    private Files() {}

    /** As much from an offset on as takes so many bytes in JSON. */
    static Uni<Content> read(OpenArtifact open, long offset, int room) {
        long length = Math.min(room, open.file().size() - offset);
        if (length <= 0) {
            return Uni.createFrom().item(Content.of(new byte[0], room));
        }
        return open.read(offset, length)
                .collect()
                .in(Buffer::buffer, Buffer::appendBuffer)
                .map(bytes -> Content.of(bytes.getBytes(), room));
    }
}
