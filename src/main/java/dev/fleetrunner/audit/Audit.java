package dev.fleetrunner.audit;

import dev.fleetrunner.store.AuditQuery;
import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.AuditStore.Block;
import dev.fleetrunner.store.AuditStore.Draft;
import dev.fleetrunner.store.AuditStore.Page;
import dev.fleetrunner.store.AuditStore.Row;
import dev.fleetrunner.store.Journal.Epoch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The audit of one runner. Failures are those of the store; an act whose entry must be durable is not answered before
 * {@link #record} has completed.
 */
public final class Audit {
    private static final Logger LOG = Logger.getLogger(Audit.class);
    private static final int TOLD_APART = 1_000;
    private static final int STRANGERS_TOLD_APART = 100;

    private final AuditStore store;
    private final Epoch epoch;
    private final Clock clock;
    private final Repeats repeats = new Repeats(TOLD_APART, STRANGERS_TOLD_APART);

    /** @param epoch this life of the runner, which writes the chain of its instance */
    public Audit(AuditStore store, Epoch epoch, Clock clock) {
        this.store = store;
        this.epoch = epoch;
        this.clock = clock;
    }

    /** Whose chain it is: the instance id. */
    public String runner() {
        return epoch.instance();
    }

    /** Writes an entry. Completes when it is durable. */
    public Uni<Void> record(Act act) {
        return Uni.createFrom().deferred(() -> store.append(epoch, draft(act))).replaceWithVoid();
    }

    /** An entry that goes with an append to the journal, in the same commit. */
    public Draft draft(Act act) {
        return Drafts.of(act, clock.instant());
    }

    /**
     * Writes an entry of what may come in floods: the same again within a minute is counted, and told once when the
     * minute is over. Completes when what is to be written is durable; at once if there is nothing.
     */
    public Uni<Void> often(Act act) {
        return Uni.createFrom().deferred(() -> recordAll(repeats.take(act, clock.instant())));
    }

    /** As {@link #often}, for those who do not wait; a failure is logged. */
    public void note(Act act) {
        often(act)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.errorf(
                                "%s of %s by %s is missing in the audit: %s",
                                act.action().word(), act.target(), act.who(), failure.getMessage()));
    }

    /** Writes what was counted in the minutes that are over; to be called from time to time. Never fails. */
    public Uni<Void> settle() {
        return settle(() -> repeats.due(clock.instant()));
    }

    /** Writes all that was counted, for the end. Never fails. */
    public Uni<Void> settleAll() {
        return settle(repeats::all);
    }

    private Uni<Void> settle(Supplier<List<Act>> counted) {
        return Uni.createFrom()
                .deferred(() -> recordAll(counted.get()))
                .onFailure()
                .invoke(failure -> LOG.errorf("counted acts are missing in the audit: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> recordAll(List<Act> acts) {
        return Multi.createFrom()
                .iterable(acts)
                .onItem()
                .transformToUniAndConcatenate(this::record)
                .onItem()
                .ignoreAsUni();
    }

    /** The newest entry; empty before the first. */
    public Uni<Optional<Row>> head() {
        return store.head(runner());
    }

    /** A page, newest first; the query is made for this runner's chain. */
    public Uni<Page> find(Function<String, AuditQuery> query) {
        return store.find(query.apply(runner()));
    }

    /** See {@link Export}: lines of NDJSON in their order. */
    public Multi<byte[]> export(long after) {
        return new Export(store, runner()).after(after);
    }

    /** What retention may remove, the oldest first: see {@link AuditStore#blocks}. */
    public Uni<List<Block>> blocks(long after, int limit) {
        return store.blocks(runner(), after, limit);
    }

    /** Removes the oldest block and leaves a checkpoint: see {@link AuditStore#cut}. */
    public Uni<Boolean> cut(long first) {
        Instant now = clock.instant();
        return store.cut(epoch, first, cut -> Drafts.of(cut, now));
    }
}
