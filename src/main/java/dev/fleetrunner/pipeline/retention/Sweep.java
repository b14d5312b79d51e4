package dev.fleetrunner.pipeline.retention;

import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.StoreUnavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One sweep of one shelf. It goes over the shelf, removes what is too old, counts the rest and remembers the oldest of
 * it; then these go until the rule holds. Where more must go than can be remembered, it goes over the shelf again.
 */
final class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final int REMEMBERED = 1000;
    /** Removals take worker threads and the store's writer, which others wait for too. */
    private static final int AT_ONCE = 8;

    private final Shelf shelf;
    private final Rule rule;
    private final Instant now;
    private final Map<Reason, Long> removed = new EnumMap<>(Reason.class);
    private final Set<String> refused = new HashSet<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private boolean asksForOrphans;
    private Oldest oldest;
    private long items;
    private long bytes;

    Sweep(Shelf shelf, Rule rule, Instant now, boolean asksForOrphans) {
        this.shelf = shelf;
        this.rule = rule;
        this.now = now;
        this.asksForOrphans = asksForOrphans;
    }

    Uni<Swept> run() {
        return pass().chain(again -> again ? run() : Uni.createFrom().item(this::swept));
    }

    private Uni<Boolean> pass() {
        begin();
        return shelf.kept()
                .onItem()
                .transformToUni(this::judge)
                .merge(AT_ONCE)
                .onItem()
                .ignoreAsUni()
                .chain(this::thin);
    }

    private synchronized void begin() {
        oldest = new Oldest(REMEMBERED);
        items = 0;
        bytes = 0;
    }

    private Uni<Void> judge(Kept kept) {
        if (wasRefused(kept)) {
            return left(kept);
        }
        if (rule.isOutlived(kept.lastUsed(), now)) {
            return remove(kept, Reason.AGE)
                    .chain(gone -> gone ? Uni.createFrom().voidItem() : left(kept));
        }
        return asksForOrphans ? judgeOrphan(kept) : left(kept);
    }

    private Uni<Void> judgeOrphan(Kept kept) {
        return shelf.orphaned(kept.id())
                .chain(yes ->
                        yes ? remove(kept, Reason.ORPHAN) : Uni.createFrom().item(false))
                .chain(gone -> gone ? Uni.createFrom().voidItem() : left(kept));
    }

    private synchronized Uni<Void> left(Kept kept) {
        items++;
        bytes += kept.bytes();
        if (!refused.contains(kept.id())) {
            oldest.offer(kept);
        }
        return Uni.createFrom().voidItem();
    }

    /** Removes the oldest that are too many; gives whether the shelf must be gone over again. */
    private Uni<Boolean> thin() {
        asksForOrphans = false;
        List<Removal> tooMany = tooMany();
        return Multi.createFrom()
                .iterable(tooMany)
                .onItem()
                .transformToUni(this::remove)
                .merge(AT_ONCE)
                .onItem()
                .ignoreAsUni()
                // Each of them is gone or refused, so that there is an end to it.
                .map(done -> !tooMany.isEmpty() && isBroken());
    }

    private synchronized List<Removal> tooMany() {
        List<Removal> removals = new ArrayList<>();
        long itemsThen = items;
        long bytesThen = bytes;
        for (Kept kept : oldest.inOrder()) {
            Reason reason = rule.brokenBy(itemsThen, bytesThen);
            if (reason == null) {
                break;
            }
            removals.add(new Removal(kept, reason));
            itemsThen--;
            bytesThen -= kept.bytes();
        }
        return removals;
    }

    private record Removal(Kept kept, Reason reason) {}

    private Uni<Void> remove(Removal removal) {
        return remove(removal.kept(), removal.reason())
                .invoke(gone -> {
                    if (gone) {
                        discount(removal.kept());
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Boolean> remove(Kept kept, Reason reason) {
        return shelf.remove(kept.id())
                .onFailure(Sweep::isOfThisOne)
                .recoverWithItem(failure -> {
                    tell(kept, failure);
                    return false;
                })
                .invoke(gone -> note(kept, reason, gone));
    }

    /** The others would fail as well if the store does. */
    private static boolean isOfThisOne(Throwable failure) {
        return !(failure instanceof StoreUnavailable || failure instanceof Journal.Fenced);
    }

    /** The first one is enough for the log: a disk that fails does so for thousands. */
    private void tell(Kept kept, Throwable failure) {
        if (!told.getAndSet(true)) {
            LOG.warnf("%s: %s and maybe more cannot be removed: %s", shelf.kind(), kept.id(), failure.getMessage());
        }
    }

    private synchronized void note(Kept kept, Reason reason, boolean gone) {
        if (gone) {
            removed.merge(reason, 1L, Long::sum);
        } else {
            refused.add(kept.id());
        }
    }

    private synchronized void discount(Kept kept) {
        items--;
        bytes -= kept.bytes();
    }

    private synchronized boolean wasRefused(Kept kept) {
        return refused.contains(kept.id());
    }

    private synchronized boolean isBroken() {
        return rule.brokenBy(items, bytes) != null;
    }

    private synchronized Swept swept() {
        return new Swept(shelf.kind(), items, bytes, removed);
    }
}
