package dev.fleetrunner.security;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.store.StoredToken;
import java.time.Instant;

/**
 * Whose a token, or a session, is.
 *
 * @param tokenId of the token; null for a person who signed in elsewhere
 * @param name the owner of what is submitted
 * @param expiresAt when it ends by itself; null if it does not
 */
public record Holder(String tokenId, String name, AccessRole role, Caller.Share share, Instant expiresAt) {

    static Holder of(StoredToken token) {
        return new Holder(token.id(), token.name(), token.role(), token.share(), token.expiresAt());
    }

    /** Who asks, from an address; null if that is not known. */
    public Caller caller(String address) {
        return new Caller(name, role, share, address);
    }
}
