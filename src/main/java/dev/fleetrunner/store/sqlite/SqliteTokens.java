package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.StoredToken;
import dev.fleetrunner.store.TokenStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tokens of the embedded store. */
final class SqliteTokens implements TokenStore {
    private final Writer writer;
    private final Readers readers;

    SqliteTokens(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Uni<Void> add(StoredToken token, Instant endedBefore) {
        return writer.write(new AddToken(token, endedBefore));
    }

    @Override
    public Uni<Optional<StoredToken>> byHash(String hash) {
        return readers.read(session -> TokenReads.one(session, "hash", hash));
    }

    @Override
    public Uni<Optional<StoredToken>> byId(String id) {
        return readers.read(session -> TokenReads.one(session, "id", id));
    }

    @Override
    public Uni<List<StoredToken>> all() {
        return readers.read(session ->
                session.query(TokenReads.SELECT + " ORDER BY created_at DESC, id DESC", List.of(), TokenReads::read));
    }

    @Override
    public Uni<Optional<StoredToken>> revoke(String id, Instant at) {
        return writer.write(session -> {
            session.execute("UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", Nanos.of(at), id);
            return TokenReads.one(session, "id", id);
        });
    }
}
