package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.async.Promise;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.contract.UsageSeries;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.Journal.Append;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskLife;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A task that is not over, as this runner holds it: its state, and the one pen that writes its events. Events are
 * written one after the other, each on the state that the one before led to.
 */
public final class ActiveTask {
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration AGAIN_AT_MOST = Duration.ofSeconds(10);

    private final Journal journal;
    private final Journal.Epoch epoch;
    private final String id;
    private final CompletableFuture<String> cancelled = new CompletableFuture<>();
    private final CompletableFuture<Void> turn = new CompletableFuture<>();
    private final Promise<Optional<TaskResult>> end = new Promise<>();
    private final UsageRecord used = new UsageRecord();
    private volatile TaskState state;
    private volatile String progress;
    private long sequence;
    private CompletableFuture<TaskState> last;

    /**
     * @param state where it stands; null if nothing is written yet
     * @param sequence how many events are written
     */
    public ActiveTask(Journal journal, Journal.Epoch epoch, String id, TaskState state, long sequence) {
        this.journal = journal;
        this.epoch = epoch;
        this.id = id;
        this.state = state;
        this.sequence = sequence;
        this.last = CompletableFuture.completedFuture(state);
        if (state != null && state.cancelRequestedBy() != null) {
            cancelled.complete(state.cancelRequestedBy());
        }
    }

    /** The runner's id. */
    public String id() {
        return id;
    }

    /** The instance id of the runner that has it. */
    String runner() {
        return epoch.instance();
    }

    /** Where it stands, as far as it is durable. */
    public TaskState state() {
        return state;
    }

    ContainerRef container() {
        return new ContainerRef(id);
    }

    /**
     * Writes an event. Completes when it is durable; fails as {@link Journal#append}, and then nothing changed.
     *
     * @param audit what the audit says of it, in the same commit; null for nothing
     */
    public Uni<TaskState> record(TaskEvent event, AuditStore.Draft audit) {
        return record(current -> List.of(event), audit);
    }

    /**
     * Writes events, all of them or none, again and again while the store cannot take them: a task that runs is not lost for
     * a disk that is full for a while. Fails if the task is not this runner's any more, or the store is closed.
     */
    Uni<TaskState> insist(TaskEvent... events) {
        return Uni.createFrom()
                .deferred(() -> record(current -> List.of(events), null))
                .onFailure(ActiveTask::passes)
                .retry()
                .withBackOff(AGAIN, AGAIN_AT_MOST)
                .indefinitely();
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof StoreUnavailable trouble && trouble.reason() != StoreUnavailable.Reason.CLOSED;
    }

    /** Whether the failure of a write says that nobody here may touch the task any more. */
    static boolean isOutOfHands(Throwable failure) {
        return failure instanceof Journal.Fenced
                || failure instanceof Journal.SequenceConflict
                || failure instanceof StoreUnavailable;
    }

    /** Writes the events that fit the state at their turn, or none. */
    private Uni<TaskState> record(Function<TaskState, List<TaskEvent>> next, AuditStore.Draft audit) {
        var mine = new CompletableFuture<TaskState>();
        CompletableFuture<TaskState> before;
        synchronized (this) {
            before = last;
            last = mine;
        }
        Begun.told(before)
                .onFailure()
                .recoverWithItem(() -> state)
                .onItem()
                .transformToUni(current -> write(current, next.apply(current), audit))
                .subscribe()
                .with(mine::complete, mine::completeExceptionally);
        return Begun.told(mine);
    }

    private Uni<TaskState> write(TaskState current, List<TaskEvent> events, AuditStore.Draft audit) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(current);
        }
        TaskState after = TaskLife.after(state, events);
        return journal.append(new Append(epoch, id, sequence, events, TaskRow.of(id, after), audit))
                .map(stored -> {
                    sequence = stored.sequence();
                    state = after;
                    if (after instanceof TaskState.Done done) {
                        end.keep(Optional.of(done.result()));
                    }
                    return after;
                });
    }

    /**
     * Asks for its end, once; completes when the wish is durable, at once if there is nothing to end any more.
     *
     * @param audit what the audit says of it, in the same commit; null for nothing
     */
    public Uni<TaskState> cancel(TaskEvent.CancelRequested request, AuditStore.Draft audit) {
        return record(
                        current -> current instanceof TaskState.Done || current.cancelRequestedBy() != null
                                ? List.of()
                                : List.of(request),
                        audit)
                .invoke(after -> {
                    if (after.cancelRequestedBy() != null) {
                        cancelled.complete(after.cancelRequestedBy());
                    }
                });
    }

    /** Who asked for its end, as soon as somebody does; never fails. */
    Uni<String> cancelled() {
        return Begun.told(cancelled);
    }

    /** Its result once that is durable; empty when this runner has the task no more and does not know. Never fails. */
    public Uni<Optional<TaskResult>> end() {
        return end.item();
    }

    /** This runner has it no more. */
    void leave() {
        end.keep(Optional.empty());
    }

    /** What is to be given up when the task leaves the queue. */
    void whenTurnComes(Runnable giveUp) {
        turn.thenRun(giveUp);
    }

    void turnHasCome() {
        turn.complete(null);
    }

    /** The newest sample of its usage; null if there is none. */
    public Usage usage() {
        return used.newest();
    }

    /** Its usage since this runner has it; null if there is no sample. */
    public UsageSeries usageSoFar() {
        return used.series();
    }

    void usage(Usage sample) {
        used.add(sample);
    }

    /** What is being done for it right now, in words; null if there is nothing to tell. */
    public String progress() {
        return progress;
    }

    void progress(String words) {
        progress = words;
    }
}
