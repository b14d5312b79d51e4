package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;

/** All files that a task left behind, in one. */
@Path("/api/v1/tasks/{id}/artifacts.zip")
@Tag(name = "Artifacts")
public class ArtifactsZipResource {
    private static final String ZIP = "application/zip";

    private final Tasks tasks;
    private final WhoAsks who;

    ArtifactsZipResource(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "All files as a zip",
            description = "Made while it is sent. Control characters and backslashes in names have become `_`.")
    @APIResponse(
            responseCode = "200",
            description = "The zip; an empty one if nothing was left behind",
            content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public RestMulti<Buffer> zip(@RestPath String id) {
        return RestMulti.fromUniResponse(
                tasks.zip(who.caller(), id),
                zip -> zip.map(io.vertx.mutiny.core.buffer.Buffer::getDelegate),
                zip -> Download.headers("task-" + id + ".zip", ZIP));
    }
}
