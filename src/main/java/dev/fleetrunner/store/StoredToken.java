package dev.fleetrunner.store;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import java.time.Instant;

/**
 * A token as it is kept: all but the token.
 *
 * @param id tells tokens of one name apart; no secret
 * @param name the owner of what is submitted with it
 * @param share how much of the service its owner may take with it
 * @param hash SHA-256 of the token, in hexadecimal
 * @param createdBy name of the token or person that made it
 * @param expiresAt null if it does not end by itself
 * @param revokedAt null if it was not revoked
 */
public record StoredToken(
        String id,
        String name,
        AccessRole role,
        Caller.Share share,
        String hash,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        Instant revokedAt) {

    /** Whether it opens anything at this time. */
    public boolean isLive(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
