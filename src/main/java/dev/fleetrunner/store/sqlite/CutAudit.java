package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.AuditStore.Cut;
import dev.fleetrunner.store.AuditStore.Draft;
import dev.fleetrunner.store.AuditStore.Row;
import dev.fleetrunner.store.Journal.Epoch;
import java.sql.SQLException;
import java.util.function.Function;

/** The write that removes the oldest block of a chain and appends the checkpoint that tells of it. */
record CutAudit(Epoch epoch, long first, Function<Cut, Draft> checkpoint) implements Work<Boolean> {
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
        int removed = session.execute(
                "DELETE FROM audit WHERE chain = ? AND sequence BETWEEN ? AND ? AND checkpoint = 0",
                chain,
                first,
                last);
        AuditBlocks.remove(session, chain, first);
        AuditChain.append(session, chain, checkpoint.apply(new Cut(last, hash, removed, before)), true);
        return true;
    }
}
