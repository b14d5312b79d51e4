package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Gives waiting tasks their turn, as many at once as there are places, and ends those that wait too long. */
public final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final FairQueue queue;
    private final int places;
    private final TaskRun.Parts parts;
    private final Map<String, ActiveTask> active = new ConcurrentHashMap<>();
    private int taken;
    private boolean open = true;

    Dispatcher(FairQueue queue, int places, TaskRun.Parts parts) {
        this.queue = queue;
        this.places = places;
        this.parts = parts;
    }

    /** Takes a task whose {@code Submitted} is durable and whose place in the queue is reserved. */
    public void submit(ActiveTask task) {
        active.put(task.id(), task);
        queue.fill(entry(task));
        watch(task);
        pump();
    }

    /** Takes a task that waited in an earlier life of the runner. */
    public void restore(ActiveTask task) {
        active.put(task.id(), task);
        queue.restore(entry(task));
        watch(task);
        pump();
    }

    /** Ends a task of an earlier life that cannot go on. */
    public Uni<TaskState> abandon(ActiveTask task, Cause cause) {
        var result = parts.results().withoutRun(task, cause);
        return task.record(new TaskEvent.Finished(result.metadata().finishedAt(), result));
    }

    private static FairQueue.Entry entry(ActiveTask task) {
        TaskEvent.Submitted submitted = task.state().submitted();
        return new FairQueue.Entry(
                task.id(), submitted.owner(), submitted.spec().priority());
    }

    /** A task that is not over, if this runner has it. */
    public Optional<ActiveTask> find(String taskId) {
        return Optional.ofNullable(active.get(taskId));
    }

    /** All tasks that are not over. */
    public Collection<ActiveTask> active() {
        return active.values();
    }

    /** How many tasks have a place right now. */
    public synchronized int running() {
        return taken;
    }

    /** Starts nothing any more; what runs goes on. */
    public synchronized void close() {
        open = false;
    }

    /** Ends the wait of a task that nobody wants any more, or that waits too long. */
    private void watch(ActiveTask task) {
        TaskEvent.Submitted submitted = task.state().submitted();
        int limit = submitted.spec().timeouts().queueSec();
        Duration left = Duration.between(Instant.now(), submitted.at().plusSeconds(limit));
        Uni<Cause> late = Uni.createFrom()
                .item(() -> CauseCode.QUEUE_TIMEOUT.because("its turn did not come within " + limit + " s"))
                .onItem()
                .delayIt()
                .by(left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left);
        Uni<Cause> unwanted = task.cancelled().map(by -> CauseCode.CANCELLED.because("cancelled by " + by));
        var waiting = Uni.combine().any().of(late, unwanted).subscribe().with(cause -> endWait(task, cause));
        task.whenTurnComes(waiting::cancel);
    }

    private void endWait(ActiveTask task, Cause cause) {
        if (queue.remove(task.id())) {
            abandon(task, cause).subscribe().with(done -> forget(task), failure -> lost(task, failure));
        }
    }

    private void pump() {
        Optional<FairQueue.Entry> next;
        while ((next = takeNext()).isPresent()) {
            ActiveTask task = active.get(next.get().taskId());
            task.turnHasCome();
            new TaskRun(task, parts).run().subscribe().with(done -> ended(task), failure -> {
                lost(task, failure);
                ended(task);
            });
        }
    }

    private synchronized Optional<FairQueue.Entry> takeNext() {
        if (!open || taken >= places) {
            return Optional.empty();
        }
        Optional<FairQueue.Entry> next = queue.take();
        next.ifPresent(entry -> taken++);
        return next;
    }

    private void ended(ActiveTask task) {
        forget(task);
        synchronized (this) {
            taken--;
        }
        pump();
    }

    private void forget(ActiveTask task) {
        if (task.state() instanceof TaskState.Done) {
            active.remove(task.id());
        }
    }

    /** The journal did not take the task's end; a later start of the runner will find it unfinished. */
    private static void lost(ActiveTask task, Throwable failure) {
        LOG.errorf(failure, "task %s: its end could not be written down", task.id());
    }
}
