package dev.fleetrunner.api;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.pipeline.OpenArtifact;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.web.Address;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The files that a task left behind: the list, and one of them. */
@Path("/api/v1/tasks/{id}/artifacts")
@Tag(name = "Artifacts")
public class ArtifactsResource {
    private final Tasks tasks;
    private final WhoAsks who;

    ArtifactsResource(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    /** The files, in the order of their paths' bytes. */
    public record ArtifactList(List<Artifact> artifacts) {}

    /**
     * One file.
     *
     * @param path in the container, without the leading slash; bytes that are no UTF-8 as {@code %FF}
     * @param sizeBytes its size
     * @param sha256 of its content, in hexadecimal
     * @param href where it is to be had
     */
    @Schema(name = "Artifact")
    public record Artifact(String path, long sizeBytes, String sha256, String href) {
        static Artifact of(String taskId, ArtifactFile file) {
            return new Artifact(file.path(), file.size(), file.sha256(), Address.ofArtifact(taskId, file.path()));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The files that a task left behind", description = "Empty until the task is over.")
    public Uni<ArtifactList> list(@RestPath String id) {
        return tasks.artifacts(who.caller(), id)
                .map(files -> new ArtifactList(
                        files.stream().map(file -> Artifact.of(id, file)).toList()));
    }

    @GET
    @Path("/{path:.+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "One file",
            description = "Always to be saved: `Content-Disposition` says so, and nothing is sent with a type that a "
                    + "browser would run. The ETag is its SHA-256.")
    @Parameter(
            name = "Range",
            in = ParameterIn.HEADER,
            description = "one range of bytes",
            schema = @Schema(type = SchemaType.STRING, examples = "bytes=-4096"))
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "206", description = "The range")
    @APIResponse(responseCode = "304", description = "The client has it: If-None-Match names its ETag")
    @APIResponse(responseCode = "416", description = "None of the range is there; Content-Range has the size")
    public RestMulti<Buffer> file(
            @Context RoutingContext exchange,
            @RestPath String id,
            @RestPath String path,
            @Parameter(hidden = true) @RestHeader("Range") String range,
            @Parameter(hidden = true) @RestHeader("If-Range") String ifRange,
            @Parameter(hidden = true) @RestHeader("If-None-Match") String ifNoneMatch) {
        exchange.addHeadersEndHandler(now -> sendUnchunked(exchange.response()));
        return RestMulti.fromUniResponse(
                tasks.artifact(who.caller(), id, path).map(open -> Part.of(open, range, ifRange, ifNoneMatch)),
                ArtifactsResource::bytes,
                Part::headers,
                Part::status);
    }

    @HEAD
    @Path("/{path:.+}")
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> head(
            @RestPath String id, @RestPath String path, @RestHeader("If-None-Match") String ifNoneMatch) {
        return tasks.artifact(who.caller(), id, path).map(open -> {
            Part whole = Part.of(open, null, null, ifNoneMatch);
            var response = RestResponse.ResponseBuilder.<Void>create(whole.status());
            whole.headers().forEach((name, values) -> response.header(name, values.get(0)));
            return response.build();
        });
    }

    /** Quarkus sends every stream in chunks; one of known length must say its length instead. */
    private static void sendUnchunked(HttpServerResponse response) {
        if (response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            response.headers().remove(HttpHeaders.TRANSFER_ENCODING);
        }
    }

    private static Multi<Buffer> bytes(Part part) {
        return part.length() == 0
                ? Multi.createFrom().empty()
                : part.open().read(part.offset(), part.length()).map(io.vertx.mutiny.core.buffer.Buffer::getDelegate);
    }

    /** What of a file is asked for; nothing if the client has it. */
    private record Part(OpenArtifact open, int status, long offset, long length) {

        static Part of(OpenArtifact open, String header, String ifRange, String ifNoneMatch) {
            ArtifactFile file = open.file();
            String etag = Download.etag(file);
            if (Conditions.has(ifNoneMatch, etag)) {
                return new Part(open, 304, 0, 0);
            }
            Optional<ByteRange> range =
                    Conditions.mayGiveRange(ifRange, etag) ? ByteRange.parse(header, file.size()) : Optional.empty();
            if (range.isEmpty()) {
                return new Part(open, 200, 0, file.size());
            }
            if (!range.get().satisfiable()) {
                throw new ByteRange.Unsatisfiable(file.size());
            }
            return new Part(open, 206, range.get().offset(), range.get().length());
        }

        Map<String, List<String>> headers() {
            Map<String, List<String>> headers = Download.headers(open.file());
            if (status == 206) {
                headers.put(
                        "Content-Range",
                        List.of(new ByteRange(offset, length).of(open.file().size())));
            }
            if (status != 304) {
                headers.put("Content-Length", List.of(Long.toString(length)));
            }
            return headers;
        }
    }
}
