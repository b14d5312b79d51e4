package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.store.StoredToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens from their table. */
final class TokenReads {
    static final String SELECT = "SELECT * FROM token";

    private TokenReads() {}

    static Optional<StoredToken> one(SqliteSession session, String column, String value) throws SQLException {
        return session.query(SELECT + " WHERE " + column + " = ?", List.of(value), TokenReads::read).stream()
                .findFirst();
    }

    static List<StoredToken> read(ResultSet rows) throws SQLException {
        List<StoredToken> tokens = new ArrayList<>();
        while (rows.next()) {
            tokens.add(new StoredToken(
                    rows.getString("id"),
                    rows.getString("name"),
                    AccessRole.valueOf(rows.getString("role")),
                    new Caller.Share(number(rows, "max_concurrent"), number(rows, "max_queued")),
                    rows.getString("hash"),
                    instant(rows, "created_at"),
                    rows.getString("created_by"),
                    instant(rows, "expires_at"),
                    instant(rows, "revoked_at")));
        }
        return List.copyOf(tokens);
    }

    private static Integer number(ResultSet rows, String column) throws SQLException {
        int number = rows.getInt(column);
        return rows.wasNull() ? null : number;
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        long nanos = rows.getLong(column);
        return rows.wasNull() ? null : Nanos.instant(nanos);
    }
}
