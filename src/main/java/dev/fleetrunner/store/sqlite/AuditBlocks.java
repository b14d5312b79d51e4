package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.AuditStore.Block;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which entries go together, kept in step by the writer so that nobody has to go over all entries to know. */
final class AuditBlocks {
    private static final long DAY = 86_400_000_000_000L;
    private static final String NEWEST = "(SELECT MAX(first) FROM audit_block WHERE chain = ?)";
    private static final String GROW =
            """
            UPDATE audit_block
            SET last = ?, newest = MAX(newest, ?), entries = entries + 1, bytes = bytes + ?
            WHERE chain = ? AND first = %s AND entries < ? AND newest / ? = ? / ?
            """
                    .formatted(NEWEST);

    private AuditBlocks() {}

    /** Counts an entry to the newest block, or begins another with it. */
    static void add(SqliteSession session, String chain, long sequence, long at, int bytes) throws SQLException {
        int grown = session.execute(GROW, sequence, at, bytes, chain, chain, AuditStore.BLOCK, DAY, at, DAY);
        if (grown == 0) {
            session.execute(
                    "INSERT INTO audit_block (chain, first, last, newest, entries, bytes) VALUES (?, ?, ?, ?, 1, ?)",
                    chain,
                    sequence,
                    sequence,
                    at,
                    bytes);
        }
    }

    /** The first sequence number of the oldest block; 0 if there is none. */
    static long oldest(SqliteSession session, String chain) throws SQLException {
        return session.number("SELECT MIN(first) FROM audit_block WHERE chain = ?", chain);
    }

    /** The last sequence number of a block. */
    static long last(SqliteSession session, String chain, long first) throws SQLException {
        return session.number("SELECT last FROM audit_block WHERE chain = ? AND first = ?", chain, first);
    }

    static boolean isThere(SqliteSession session, String chain, long first) throws SQLException {
        return session.number("SELECT COUNT(*) FROM audit_block WHERE chain = ? AND first = ?", chain, first) > 0;
    }

    static void remove(SqliteSession session, String chain, long first) throws SQLException {
        session.execute("DELETE FROM audit_block WHERE chain = ? AND first = ?", chain, first);
    }

    static List<Block> after(SqliteSession session, String chain, long first, int limit) throws SQLException {
        return session.query(
                "SELECT first, newest, bytes FROM audit_block WHERE chain = ? AND first > ? ORDER BY first LIMIT ?",
                List.of(chain, first, limit),
                AuditBlocks::blocks);
    }

    private static List<Block> blocks(ResultSet rows) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        while (rows.next()) {
            blocks.add(new Block(rows.getLong(1), Nanos.instant(rows.getLong(2)), rows.getLong(3)));
        }
        return blocks;
    }
}
