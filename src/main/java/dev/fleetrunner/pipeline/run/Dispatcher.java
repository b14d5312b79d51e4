package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Gives waiting tasks their turn, as many at once as there are places, and ends those that wait too long. */
public final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final FairQueue queue;
    private final int places;
    private final TaskRun.Parts parts;
    private final Map<String, ActiveTask> active = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> leaving;
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private final AtomicLong submitted = new AtomicLong();
    private final Map<String, Integer> takenBy = new HashMap<>();
    private int taken;
    private boolean open;
    private boolean closing;
    private boolean held;

    /**
     * @param leaving completed here when runs are to be left to the next start
     */
    Dispatcher(FairQueue queue, int places, TaskRun.Parts parts, CompletableFuture<Void> leaving) {
        this.queue = queue;
        this.places = places;
        this.parts = parts;
        this.leaving = leaving;
    }

    /** Begins to give turns. */
    public void open() {
        synchronized (this) {
            open = true;
        }
        pump();
    }

    /** Starts nothing any more; what runs goes on. */
    public synchronized void close() {
        open = false;
    }

    /**
     * Starts nothing any more, gives what runs so much time to end, and leaves the rest to the next start: containers run
     * on, logs are closed where they are. What waits, waits in the store. Completes when nothing is in hand; never fails.
     */
    public Uni<Void> leave(Duration drain) {
        close();
        forgetWaiting();
        synchronized (this) {
            closing = true;
            tellIfIdle();
        }
        return within(drain)
                .invoke(() -> leaving.complete(null))
                .chain(() -> within(parts.stopLimit()))
                .invoke(() -> leftInHand(running()));
    }

    private Uni<Void> within(Duration limit) {
        return Uni.combine().any().of(Begun.told(idle), Timers.after(limit));
    }

    private static void leftInHand(int tasks) {
        if (tasks > 0) {
            LOG.warnf("%d tasks did not come to a halt; the next start finds them", tasks);
        }
    }

    /**
     * Starts nothing while it is held. What waits keeps its place, and its limit: it may end with {@code QUEUE_TIMEOUT}.
     */
    public void hold(boolean on) {
        synchronized (this) {
            held = on;
        }
        pump();
    }

    /** Takes a task whose {@code Submitted} is durable and whose place in the queue is reserved. */
    public void submit(ActiveTask task) {
        submitted.incrementAndGet();
        if (active.putIfAbsent(task.id(), task) == null) {
            queue.fill(entry(task));
            watch(task);
            pump();
        } else {
            // It was restored while it was being submitted.
            queue.release(owner(task));
        }
    }

    /** Takes a task that waited in an earlier life of the runner. */
    public void restore(ActiveTask task) {
        if (active.putIfAbsent(task.id(), task) == null) {
            queue.restore(entry(task));
            watch(task);
            pump();
        }
    }

    /** Takes a task over that an earlier life of the runner had begun: it has its place, even if there were more then. */
    public void resume(ActiveTask task) {
        if (active.putIfAbsent(task.id(), task) == null) {
            takePlace(owner(task));
            run(task);
        }
    }

    private Uni<Void> finish(ActiveTask task, Cause cause, LogInfo log) {
        var result = parts.results().withoutRun(task, cause, log);
        return task.insist(new TaskEvent.Finished(result.metadata().finishedAt(), result))
                .replaceWithVoid();
    }

    private static FairQueue.Entry entry(ActiveTask task) {
        TaskEvent.Submitted submitted = task.state().submitted();
        return new FairQueue.Entry(
                task.id(),
                submitted.owner(),
                submitted.spec().priority(),
                submitted.grant().share().maxConcurrent());
    }

    private static String owner(ActiveTask task) {
        return task.state().submitted().owner();
    }

    /** A task that is not over, if this runner has it. */
    public Optional<ActiveTask> find(String taskId) {
        return Optional.ofNullable(active.get(taskId));
    }

    /** All tasks that are not over. */
    public Collection<ActiveTask> active() {
        return active.values();
    }

    /** How many tasks were submitted in this life of the runner. */
    public long submitted() {
        return submitted.get();
    }

    /** How many tasks have a place right now. */
    public synchronized int running() {
        return taken;
    }

    /** Ends the wait of a task that nobody wants any more, or that waits too long. */
    private void watch(ActiveTask task) {
        TaskEvent.Submitted submitted = task.state().submitted();
        int limit = submitted.spec().timeouts().queueSec();
        Duration left = Duration.between(parts.clock().now(), submitted.at().plusSeconds(limit));
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
            // The result first: until it is durable, the log is whoever's the task is.
            finish(task, cause, null)
                    .chain(() -> LogEnd.of(parts.logs(), task.id()))
                    .subscribe()
                    .with(done -> over(task), failure -> over(task, failure));
        }
    }

    private void pump() {
        Optional<FairQueue.Entry> next;
        while ((next = takeNext()).isPresent()) {
            ActiveTask task = active.get(next.get().taskId());
            task.turnHasCome();
            run(task);
        }
    }

    private void run(ActiveTask task) {
        new TaskRun(task, parts)
                .run()
                .onTermination()
                .invoke(() -> givePlaceBack(owner(task)))
                .subscribe()
                .with(done -> over(task), failure -> over(task, failure));
    }

    private synchronized Optional<FairQueue.Entry> takeNext() {
        if (!open || held || taken >= places) {
            return Optional.empty();
        }
        Optional<FairQueue.Entry> next = queue.take(this::withinShare);
        next.ifPresent(entry -> takePlace(entry.owner()));
        return next;
    }

    private boolean withinShare(FairQueue.Entry entry) {
        return entry.maxConcurrent() == null || takenBy.getOrDefault(entry.owner(), 0) < entry.maxConcurrent();
    }

    private synchronized void takePlace(String owner) {
        taken++;
        takenBy.merge(owner, 1, Integer::sum);
    }

    private synchronized void givePlaceBack(String owner) {
        taken--;
        takenBy.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
        tellIfIdle();
    }

    private void tellIfIdle() {
        if (closing && taken == 0) {
            idle.complete(null);
        }
    }

    private void over(ActiveTask task) {
        leave(task);
        pump();
    }

    private void over(ActiveTask task, Throwable failure) {
        if (failure instanceof Journal.Fenced) {
            LOG.errorf("task %s: %s; this runner starts nothing any more", task.id(), failure.getMessage());
            close();
            forgetWaiting();
        } else if (failure instanceof HandedOver) {
            LOG.infof("task %s runs on and is %s", task.id(), failure.getMessage());
        } else if (failure instanceof StoreUnavailable) {
            LOG.warnf("task %s is left for the next start: %s", task.id(), failure.getMessage());
        } else {
            LOG.errorf(failure, "task %s did not come to its end properly", task.id());
        }
        over(task);
    }

    /** What waits here waits with the successor too, who gives it its turn. */
    private void forgetWaiting() {
        active.values().stream().filter(task -> queue.remove(task.id())).forEach(task -> {
            task.turnHasCome();
            leave(task);
        });
    }

    private void leave(ActiveTask task) {
        active.remove(task.id(), task);
        task.leave();
    }
}
