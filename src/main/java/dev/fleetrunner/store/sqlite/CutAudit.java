package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.AuditStore.Cut;
import dev.fleetrunner.store.AuditStore.Draft;
import dev.fleetrunner.store.AuditStore.Row;
import dev.fleetrunner.store.Journal.Epoch;
import java.sql.SQLException;
import java.util.function.Function;

/** The write that removes the oldest block of a chain and appends the checkpoint that tells of it. */
record CutAudit(Epoch epoch, long first, Function<Cut, Draft> checkpoint) implements Work<Boolean> {
    private static final String ENTRIES = " FROM audit WHERE chain = ? AND sequence BETWEEN ? AND ? AND checkpoint = 0";

    @Override
    public Boolean with(SqliteSession session) throws SQLException {
        Claim.check(session, epoch);
        String chain = epoch.instance();
        if (!AuditBlocks.isThere(session, chain, first)) {
            return true;
        }
        if (AuditBlocks.oldest(session, chain) != first) {
            return false;
        }
        long last = AuditBlocks.last(session, chain, first);
        String hash = AuditChain.at(session, chain, last).map(Row::hash).orElseThrow();
        Row before = AuditChain.newestCheckpoint(session, chain).orElse(null);
        long removed = session.number("SELECT COUNT(*)" + ENTRIES, chain, first, last);
        // Before the entries go: what it follows may be the last of them.
        AuditChain.append(session, chain, checkpoint.apply(new Cut(last, hash, removed, before)), true);
        session.execute("DELETE" + ENTRIES, chain, first, last);
        AuditBlocks.remove(session, chain, first);
        return true;
    }
}
