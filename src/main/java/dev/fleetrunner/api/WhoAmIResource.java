package dev.fleetrunner.api;

import dev.fleetrunner.api.TokenBody.LimitsBody;
import dev.fleetrunner.security.Holder;
import dev.fleetrunner.security.WhoAsks;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whom the service takes the caller for. */
@Path("/api/v1/whoami")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public class WhoAmIResource {
    private final WhoAsks who;

    WhoAmIResource(WhoAsks who) {
        this.who = who;
    }

    /**
     * The caller.
     *
     * @param tokenId null for a person who signed in elsewhere
     * @param expiresAt of the token or the session; null if it does not end by itself
     */
    @Schema(name = "WhoAmI", description = "Whom the service takes the caller for")
    public record WhoAmI(String name, String role, LimitsBody limits, String tokenId, Instant expiresAt) {}

    @GET
    @Operation(summary = "Who asks, and with which role")
    public WhoAmI who() {
        Holder holder = who.holder();
        return new WhoAmI(
                holder.name(),
                holder.role().word(),
                LimitsBody.of(holder.share()),
                holder.tokenId(),
                holder.expiresAt());
    }
}
