package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.store.StoredToken;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is known of a token, without the token; and, just after it was made, with it. */
@Schema(name = "Token", description = "What is known of a token")
public record TokenBody(
        String id,
        String name,
        @Schema(description = "viewer, agent, operator or admin") String role,
        LimitsBody limits,
        Instant createdAt,
        String createdBy,
        @Schema(description = "null if it does not end by itself") Instant expiresAt,
        @Schema(description = "null if it was not revoked") Instant revokedAt,
        @Schema(description = "whether it opens anything now") boolean live,
        @Schema(description = "the token itself; only in the answer to its making")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                String token) {

    /** How much of the service its owner may take; null is no limit. */
    @Schema(name = "TokenLimits", description = "How much of the service the owner may take; null is no limit")
    public record LimitsBody(Integer maxConcurrent, Integer maxQueued) {
        static LimitsBody of(Caller.Share share) {
            return new LimitsBody(share.maxConcurrent(), share.maxQueued());
        }
    }

    static TokenBody of(StoredToken token, boolean live, String secret) {
        return new TokenBody(
                token.id(),
                token.name(),
                token.role().word(),
                LimitsBody.of(token.share()),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                token.revokedAt(),
                live,
                secret);
    }
}
