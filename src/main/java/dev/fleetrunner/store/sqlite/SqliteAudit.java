package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.AuditQuery;
import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.Journal.Epoch;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The audit in the same file as the journal, and by the same writer: what waits is committed together. */
record SqliteAudit(Writer writer, Readers readers) implements AuditStore {

    @Override
    public Uni<Row> append(Epoch epoch, Draft draft) {
        return writer.write(session -> {
            Claim.check(session, epoch);
            return AuditChain.append(session, epoch.instance(), draft, false);
        });
    }

    @Override
    public Uni<Boolean> cut(Epoch epoch, long first, Function<Cut, Draft> checkpoint) {
        return writer.write(new CutAudit(epoch, first, checkpoint));
    }

    @Override
    public Uni<List<Block>> blocks(String chain, long first, int limit) {
        return readers.read(session -> AuditBlocks.after(session, chain, first, limit));
    }

    @Override
    public Uni<Optional<Row>> head(String chain) {
        return readers.read(session -> AuditChain.head(session, chain));
    }

    @Override
    public Uni<List<Row>> after(String chain, long sequence, int limit) {
        return readers.read(session -> AuditChain.after(session, chain, sequence, limit));
    }

    @Override
    public Uni<Page> find(AuditQuery query) {
        return readers.read(new FindAudit(query));
    }
}
