package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.AuditStore.Draft;
import dev.fleetrunner.store.AuditStore.Row;
import dev.fleetrunner.store.AuditStore.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries of a chain in their order. */
final class AuditChain {
    static final String SELECT = "SELECT sequence, checkpoint, hash, entry FROM audit ";
    private static final String INSERT =
            """
            INSERT INTO audit (chain, sequence, at, who, action, target, outcome, checkpoint, hash, entry)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private AuditChain() {}

    /** Seals an entry with the newest and writes it. For the writer alone: nobody else appends meanwhile. */
    static Row append(SqliteSession session, String chain, Draft draft, boolean checkpoint) throws SQLException {
        Optional<Row> head = head(session, chain);
        long sequence = head.map(Row::sequence).orElse(0L) + 1;
        Sealed sealed =
                draft.sealing().seal(chain, sequence, head.map(Row::hash).orElse(null));
        long at = Nanos.of(draft.at());
        session.execute(
                INSERT,
                chain,
                sequence,
                at,
                draft.who(),
                draft.action(),
                draft.target(),
                draft.outcome(),
                checkpoint ? 1 : 0,
                sealed.hash(),
                sealed.entry());
        if (!checkpoint) {
            AuditBlocks.add(session, chain, sequence, at, sealed.entry().length);
        }
        return new Row(sequence, checkpoint, sealed.hash(), sealed.entry());
    }

    static Optional<Row> head(SqliteSession session, String chain) throws SQLException {
        return first(session, "WHERE chain = ? ORDER BY sequence DESC LIMIT 1", chain);
    }

    static Optional<Row> newestCheckpoint(SqliteSession session, String chain) throws SQLException {
        return first(
                session,
                "INDEXED BY audit_checkpoint WHERE chain = ? AND checkpoint = 1 ORDER BY sequence DESC LIMIT 1",
                chain);
    }

    static Optional<Row> at(SqliteSession session, String chain, long sequence) throws SQLException {
        return first(session, "WHERE chain = ? AND sequence = ?", chain, sequence);
    }

    static List<Row> after(SqliteSession session, String chain, long sequence, int limit) throws SQLException {
        return session.query(
                SELECT + "WHERE chain = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                List.of(chain, sequence, limit),
                AuditChain::rows);
    }

    static List<Row> rows(ResultSet rows) throws SQLException {
        List<Row> found = new ArrayList<>();
        while (rows.next()) {
            found.add(new Row(
                    rows.getLong("sequence"),
                    rows.getInt("checkpoint") == 1,
                    rows.getString("hash"),
                    rows.getBytes("entry")));
        }
        return found;
    }

    private static Optional<Row> first(SqliteSession session, String condition, Object... parameters)
            throws SQLException {
        return session.query(SELECT + condition, List.of(parameters), AuditChain::rows).stream()
                .findFirst();
    }
}
