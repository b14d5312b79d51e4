package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.Tokens;
import dev.fleetrunner.security.WhoAsks;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The tokens that open the service. */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public class TokensResource {
    private static final String CI =
            """
            {"name": "ci", "role": "agent", "expiresInSec": 7776000, "limits": {"maxConcurrent": 2, "maxQueued": 50}}""";

    private final Tokens tokens;
    private final WhoAsks who;

    TokensResource(Tokens tokens, WhoAsks who) {
        this.tokens = tokens;
        this.who = who;
    }

    /** The tokens. */
    public record TokenList(List<TokenBody> tokens) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make a token",
            description = "For admins. The token is in this answer and never told again. Its name is the owner of what"
                    + " it submits. Several tokens may have one name, as long as they have one role.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "ci", value = CI)))
    @APIResponse(
            responseCode = "201",
            description = "The token",
            content = @Content(schema = @Schema(implementation = TokenBody.class)))
    public Uni<RestResponse<TokenBody>> create(byte[] wish) {
        return tokens.create(who.caller(), () -> TokenWish.of(wish, Instant.now()))
                .map(made -> RestResponse.ResponseBuilder.<TokenBody>create(201)
                        .location(URI.create("/api/v1/tokens/" + made.kept().id()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .entity(TokenBody.of(made.kept(), true, made.token()))
                        .build());
    }

    @GET
    @Operation(
            summary = "List tokens, newest first",
            description = "For admins. Those that are over stay in the list for 90 days. The first token is not in it.")
    public Uni<TokenList> list() {
        return tokens.list(who.caller())
                .map(all -> new TokenList(all.stream()
                        .map(token -> TokenBody.of(token, tokens.isLive(token), null))
                        .toList()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Revoke a token",
            description = "For admins. Idempotent. Sessions that were opened with it are over.")
    @APIResponse(responseCode = "204", description = "It opens nothing any more")
    @APIResponse(responseCode = "400", description = "It is the first token, which is not revoked this way")
    public Uni<RestResponse<Void>> revoke(@RestPath String id) {
        return tokens.revoke(who.caller(), id).replaceWith(RestResponse.noContent());
    }
}
