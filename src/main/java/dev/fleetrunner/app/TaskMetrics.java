package dev.fleetrunner.app;

import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.pipeline.Occupancy;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.PhaseTimes;
import dev.fleetrunner.task.TaskEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Metrics of tasks, as a view of the journal: it is followed from where it stands at the start, and a task is counted
 * when it is over. Labels are bounded: runtimes, statuses, causes and phases are closed lists.
 */
final class TaskMetrics implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TaskMetrics.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final Journal journal;
    private final MeterRegistry registry;
    private final Cancellable view;
    private volatile long position;

    /**
     * @param position where the journal is followed from
     */
    TaskMetrics(Journal journal, long position, Occupancy occupancy, MeterRegistry registry) {
        this.journal = journal;
        this.position = position;
        this.registry = registry;
        Gauge.builder("fleet.tasks.queued", occupancy, Occupancy::waiting)
                .description("Tasks that wait for their turn on this runner")
                .register(registry);
        Gauge.builder("fleet.tasks.running", occupancy, Occupancy::started)
                .description("Tasks that have a container or are getting one on this runner")
                .register(registry);
        this.view = Multi.createFrom()
                .deferred(() -> journal.follow(this.position))
                .onItem()
                .transformToUniAndConcatenate(this::take)
                .onFailure()
                .invoke(failure -> LOG.warnf("the metrics of tasks stand still for a moment: %s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .indefinitely()
                .subscribe()
                .with(taken -> {});
    }

    private Uni<Void> take(StoredEvent stored) {
        Uni<Void> taken = stored.event() instanceof TaskEvent.Finished finished
                ? journal.history(stored.taskId())
                        .invoke(history -> count(finished.result(), history))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
        return taken.invoke(() -> position = stored.position());
    }

    private void count(TaskResult result, List<StoredEvent> history) {
        String runtime =
                result.metadata().runtime() == null ? "none" : result.metadata().runtime();
        String status = result.status().word();
        String cause = result.cause() == null ? "none" : result.cause().code().name();
        Counter.builder("fleet.tasks.finished")
                .description("Tasks that are over")
                .tags("runtime", runtime, "status", status, "cause", cause)
                .register(registry)
                .increment();
        PhaseTimes.of(history.stream().map(StoredEvent::event).toList())
                .forEach(span -> Timer.builder("fleet.task.phase")
                        .description("How long tasks were in a phase, by how they ended")
                        .tags("phase", span.phase().word(), "runtime", runtime, "outcome", status)
                        .register(registry)
                        .record(span.until(span.from())));
    }

    @Override
    public void close() {
        view.cancel();
    }
}
