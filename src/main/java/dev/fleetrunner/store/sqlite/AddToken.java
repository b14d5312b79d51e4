package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.StoredToken;
import dev.fleetrunner.store.TokenStore.NameTaken;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The write of a new token. */
record AddToken(StoredToken token, Instant endedBefore) implements Work<Void> {
    private static final String PUT =
            """
            INSERT INTO token (id, name, role, max_concurrent, max_queued, hash, created_at, created_by, expires_at,
                               revoked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Void with(SqliteSession session) throws SQLException {
        for (StoredToken other : named(session)) {
            if (other.isLive(token.createdAt()) && other.role() != token.role()) {
                throw new NameTaken(token.name(), other.role());
            }
        }
        Long end = Nanos.of(endedBefore);
        session.execute("DELETE FROM token WHERE revoked_at < ? OR expires_at < ?", end, end);
        session.execute(
                PUT,
                token.id(),
                token.name(),
                token.role().name(),
                token.share().maxConcurrent(),
                token.share().maxQueued(),
                token.hash(),
                Nanos.of(token.createdAt()),
                token.createdBy(),
                Nanos.of(token.expiresAt()),
                Nanos.of(token.revokedAt()));
        return null;
    }

    private List<StoredToken> named(SqliteSession session) throws SQLException {
        return session.query(
                TokenReads.SELECT + " WHERE name = ? ORDER BY id", List.of(token.name()), TokenReads::read);
    }
}
