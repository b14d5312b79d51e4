package dev.fleetrunner.store;

import dev.fleetrunner.contract.AccessRole;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that were given out, without the tokens themselves. Methods may be called from any thread and never block
 * the caller's; they fail with {@link StoreUnavailable}.
 */
public interface TokenStore {

    /**
     * Keeps a new token, and forgets those that have ended before a time. Completes when that is durable.
     *
     * <p>Fails with {@link NameTaken} if another token of the name is live when this one is made and has another role:
     * the name is the owner of tasks, and an owner has one role. Nothing is written then. Fails with
     * {@code IllegalArgumentException} if the id or the hash is taken.
     *
     * @param endedBefore tokens revoked or expired before this are forgotten
     */
    Uni<Void> add(StoredToken token, Instant endedBefore);

    /** The token with this hash, live or not. Looked up by an index, whatever the hash. */
    Uni<Optional<StoredToken>> byHash(String hash);

    /** The token with this id, live or not. */
    Uni<Optional<StoredToken>> byId(String id);

    /** All tokens that are not forgotten, the newest first. */
    Uni<List<StoredToken>> all();

    /**
     * Revokes a token. Completes when that is durable, with the token as it is then; one that was revoked before keeps
     * its time. Empty if there is no such token.
     */
    Uni<Optional<StoredToken>> revoke(String id, Instant at);

    /** A live token of the name has another role. */
    final class NameTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final AccessRole role;

        public NameTaken(String name, AccessRole role) {
            super("a live token named " + name + " has the role " + role.word());
            this.role = role;
        }

        /** The role that the name has. */
        public AccessRole role() {
            return role;
        }
    }
}
