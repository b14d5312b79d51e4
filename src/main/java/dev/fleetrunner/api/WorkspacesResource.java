package dev.fleetrunner.api;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.SharedWorkspaces;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.workspace.Added;
import dev.fleetrunner.workspace.UnknownWorkspace;
import dev.fleetrunner.workspace.Workspace;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.mutiny.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Files that tasks begin with. */
@Path("/api/v1/workspaces")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Workspaces")
public class WorkspacesResource {
    private final SharedWorkspaces workspaces;
    private final WhoAsks who;

    WorkspacesResource(SharedWorkspaces workspaces, WhoAsks who) {
        this.workspaces = workspaces;
        this.who = who;
    }

    /** What became of an upload; created is false if its content was known already. */
    @Schema(name = "AddedWorkspace", description = "What became of an upload")
    public record AddedBody(String id, int files, long sizeBytes, boolean created) {
        static AddedBody of(Added added) {
            Workspace workspace = added.workspace();
            return new AddedBody(workspace.id(), workspace.files(), workspace.sizeBytes(), added.created());
        }
    }

    /** A workspace as REST tells it. */
    @Schema(name = "Workspace", description = "Files that tasks can begin with")
    public record WorkspaceBody(
            String id, int files, long sizeBytes, long keptBytes, Instant createdAt, Instant lastUsed) {
        static WorkspaceBody of(Workspace workspace) {
            return new WorkspaceBody(
                    workspace.id(),
                    workspace.files(),
                    workspace.sizeBytes(),
                    workspace.keptBytes(),
                    workspace.createdAt(),
                    workspace.lastUsed());
        }
    }

    /** All workspaces. */
    public record Workspaces(List<WorkspaceBody> workspaces) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Upload files for tasks",
            description =
                    "Not for viewers. The body is a tar, a tar.gz or a zip; its content tells which. The same content always gets "
                            + "the same id. Mount it with `{\"type\": \"workspace\", \"source\": ID, \"target\": PATH}`.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/x-tar",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "application/gzip", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "application/zip", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(responseCode = "200", description = "The content is known; this is its workspace")
    @APIResponse(
            responseCode = "201",
            description = "A new workspace; Location has its address",
            content = @Content(schema = @Schema(implementation = AddedBody.class)))
    @APIResponse(
            responseCode = "400",
            description = "Not an archive, or one that is damaged or leads out of its own tree",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "413", description = "Too large, packed or unpacked, or too many entries")
    @APIResponse(responseCode = "507", description = "The service's disk is full")
    public Uni<RestResponse<AddedBody>> upload(
            @Parameter(hidden = true) @Context io.vertx.core.http.HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        return workspaces
                .add(who.caller(), HttpServerRequest.newInstance(request).toMulti())
                .map(added -> RestResponse.ResponseBuilder.<AddedBody>create(added.created() ? 201 : 200)
                        .location(URI.create(
                                "/api/v1/workspaces/" + added.workspace().id()))
                        .entity(AddedBody.of(added))
                        .build());
    }

    @GET
    @Operation(summary = "List workspaces, newest first", description = "Not for agents.")
    public Uni<Workspaces> list() {
        return workspaces
                .list(who.caller())
                .map(all -> new Workspaces(all.stream().map(WorkspaceBody::of).toList()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "What is known of a workspace")
    public Uni<WorkspaceBody> get(@RestPath String id) {
        return workspaces.find(id).map(found -> WorkspaceBody.of(found.orElseThrow(() -> new UnknownWorkspace(id))));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a workspace that no task uses", description = "For operators and admins.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "409", description = "A task uses it")
    public Uni<RestResponse<Object>> delete(@RestPath String id) {
        return workspaces.delete(who.caller(), id).map(gone -> gone ? RestResponse.noContent() : inUse());
    }

    private static RestResponse<Object> inUse() {
        var cause = CauseCode.INVALID_REQUEST.because("a task uses this workspace; delete it when the task is over");
        return RestResponse.ResponseBuilder.<Object>create(409)
                .entity(Problem.of(409, cause))
                .header("Content-Type", Problem.MEDIA_TYPE)
                .build();
    }
}
