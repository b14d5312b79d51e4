package dev.fleetrunner.pipeline;

import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.OwnedContainer;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.store.TaskIndex;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * The containers of ours whose task is over, or was never written down: what an engine that was down, or failed, could not
 * remove.
 */
final class Orphans {
    /** Longer than a runtime's own helper containers live. */
    private static final Duration OWN_USE = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(Orphans.class);

    private final Runtimes runtimes;
    private final TaskIndex index;
    private final Clock clock;
    /** Engines tell the second in which a container was made. */
    private final Instant born;

    Orphans(Runtimes runtimes, TaskIndex index, Clock clock) {
        this.runtimes = runtimes;
        this.index = index;
        this.clock = clock;
        this.born = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** One of them, and where it is. */
    record Orphan(ContainerRuntime runtime, OwnedContainer container) {}

    /** All there are; a runtime that cannot be asked has none. */
    Multi<Orphan> find() {
        return Multi.createFrom().iterable(runtimes.all()).onItem().transformToMultiAndMerge(this::of);
    }

    /** Removes them. May be called at any time; never fails. */
    Uni<Void> sweep() {
        return find().onItem()
                .transformToUniAndMerge(orphan -> orphan.runtime()
                        .remove(orphan.container().ref())
                        .onFailure()
                        .invoke(failure -> cannotBeSwept(orphan.runtime(), failure))
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .last();
    }

    private Multi<Orphan> of(ContainerRuntime runtime) {
        return runtime.owned()
                .onItem()
                .transformToUniAndConcatenate(container -> index.get(
                                container.ref().taskId())
                        .map(row -> row.map(known -> known.status().terminal()).orElseGet(() -> isLeftOver(container))
                                ? new Orphan(runtime, container)
                                : null))
                .onFailure()
                .invoke(failure -> cannotBeSwept(runtime, failure))
                .onFailure()
                .recoverWithCompletion();
    }

    private static void cannotBeSwept(ContainerRuntime runtime, Throwable failure) {
        LOG.warnf("%s cannot be swept: %s", runtime.name(), failure.getMessage());
    }

    /** A container without a task: an earlier life's, unless the runtime made it just now for its own use. */
    private boolean isLeftOver(OwnedContainer container) {
        return container.createdAt().isBefore(born)
                || container.createdAt().isBefore(clock.instant().minus(OWN_USE));
    }
}
