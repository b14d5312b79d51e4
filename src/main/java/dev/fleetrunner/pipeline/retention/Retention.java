package dev.fleetrunner.pipeline.retention;

import dev.fleetrunner.async.Begun;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** Keeps the shelves to their rules, one after the other and never two sweeps at once. */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final List<Shelved> shelves;
    private final Clock clock;
    private final BiConsumer<List<Swept>, Duration> told;
    private CompletableFuture<List<Swept>> underWay = CompletableFuture.completedFuture(List.of());
    private Cancellable sweeping = () -> {};
    private boolean first = true;

    /** A shelf and its rule. */
    public record Shelved(Shelf shelf, Rule rule) {}

    /**
     * @param shelves in the order in which they are swept; what takes others along goes before them
     * @param clock what ages are told from
     * @param told what each sweep did, and how long it took; called once a sweep
     */
    public Retention(List<Shelved> shelves, Clock clock, BiConsumer<List<Swept>, Duration> told) {
        this.shelves = List.copyOf(shelves);
        this.clock = clock;
        this.told = told;
    }

    /**
     * Sweeps all shelves, or joins the sweep that is under way; goes on whether or not anybody waits. A shelf that fails
     * is logged and left out. The first sweep removes what belongs to nothing, too.
     */
    public Uni<List<Swept>> sweep() {
        boolean asksForOrphans;
        CompletableFuture<List<Swept>> mine = new CompletableFuture<>();
        synchronized (this) {
            if (!underWay.isDone()) {
                return Begun.told(underWay);
            }
            underWay = mine;
            asksForOrphans = first;
            first = false;
        }
        begin(mine, asksForOrphans);
        return Begun.told(mine);
    }

    private void begin(CompletableFuture<List<Swept>> end, boolean asksForOrphans) {
        long start = System.nanoTime();
        Cancellable begun = Multi.createFrom()
                .iterable(shelves)
                .onItem()
                .transformToUniAndConcatenate(shelved -> sweep(shelved, asksForOrphans))
                .collect()
                .asList()
                .invoke(swept -> told.accept(swept, Duration.ofNanos(System.nanoTime() - start)))
                .subscribe()
                .with(end::complete, end::completeExceptionally);
        synchronized (this) {
            sweeping = begun;
        }
    }

    private Uni<Swept> sweep(Shelved shelved, boolean asksForOrphans) {
        return new Sweep(shelved.shelf(), shelved.rule(), clock.instant(), asksForOrphans)
                .run()
                .invoke(Retention::tell)
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("%s cannot be swept: %s", shelved.shelf().kind(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static void tell(Swept swept) {
        if (!swept.removed().isEmpty()) {
            LOG.infof("retention removed %s: %s; %d are left", swept.kind(), swept.removed(), swept.items());
        }
    }

    /** Stops the sweep that is under way where it stands; the next life of the runner goes on with it. */
    @Override
    public synchronized void close() {
        sweeping.cancel();
    }
}
