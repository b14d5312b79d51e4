package dev.fleetrunner.pipeline;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.admission.Admission;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.pipeline.run.Clock;
import dev.fleetrunner.pipeline.run.Dispatcher;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskLife;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The use cases that every door shares. Whatever is refused fails with {@link Refusal}; a task that does not exist is
 * refused with {@code NOT_FOUND}.
 */
public final class Tasks {
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final Admission admission;
    private final FairQueue queue;
    private final Dispatcher dispatcher;
    private final Journal journal;
    private final Journal.Epoch epoch;
    private final TaskIndex index;
    private final LogStore logs;
    private final Clock clock;

    Tasks(
            Admission admission,
            FairQueue queue,
            Dispatcher dispatcher,
            Journal journal,
            Journal.Epoch epoch,
            TaskIndex index,
            LogStore logs,
            Clock clock) {
        this.admission = admission;
        this.queue = queue;
        this.dispatcher = dispatcher;
        this.journal = journal;
        this.epoch = epoch;
        this.index = index;
        this.logs = logs;
        this.clock = clock;
    }

    /**
     * What became of a submission.
     *
     * @param repeated whether the task was there already, from an earlier submission with the same key
     */
    public record Accepted(TaskView task, boolean repeated) {}

    /**
     * Takes a spec. Completes when it is durable.
     *
     * @param idempotencyKey the caller's, or null; a repeat of the same spec gives the first task, another spec is
     *     refused with {@code IDEMPOTENCY_MISMATCH}
     */
    public Uni<Accepted> submit(String owner, byte[] document, String idempotencyKey) {
        return admission.admit(document).chain(admitted -> accept(owner, admitted, idempotencyKey, null));
    }

    /** Takes the spec of an earlier task again, under the rules of today. */
    public Uni<Accepted> rerun(String owner, String taskId) {
        return state(taskId)
                .chain(state -> admission.admit(state.submitted().spec()))
                .chain(admitted -> accept(owner, admitted, null, taskId));
    }

    private Uni<Accepted> accept(String owner, Admission.Admitted admitted, String key, String rerunOf) {
        if (!queue.reserve()) {
            // A repeat is answered even then: it takes no place.
            return Uni.createFrom()
                    .failure(Refusal.later(
                            CauseCode.QUEUE_FULL.because("the queue is full with " + queue.size() + " tasks"),
                            COME_BACK));
        }
        String id = UlidCreator.getMonotonicUlid().toString();
        var task = new ActiveTask(journal, epoch, id, null, 0);
        var submitted = new TaskEvent.Submitted(clock.now(), admitted.spec(), owner, key, admitted.hash(), rerunOf);
        return task.record(submitted)
                .onFailure()
                .invoke(queue::release)
                .invoke(() -> dispatcher.submit(task))
                .map(state -> new Accepted(view(TaskRow.of(id, state)), false))
                .onFailure(Journal.DuplicateKey.class)
                .recoverWithUni(failure -> repeat(failure, admitted));
    }

    private Uni<Accepted> repeat(Journal.DuplicateKey duplicate, Admission.Admitted admitted) {
        return state(duplicate.taskId()).map(state -> {
            if (!state.submitted().specHash().equals(admitted.hash())) {
                throw Refusal.of(CauseCode.IDEMPOTENCY_MISMATCH.because(
                        "the Idempotency-Key was used for task " + duplicate.taskId() + ", whose spec differs"));
            }
            return new Accepted(view(TaskRow.of(duplicate.taskId(), state)), true);
        });
    }

    /** One task. */
    public Uni<TaskView> get(String taskId) {
        return index.get(taskId).map(row -> view(row.orElseThrow(() -> Refusal.noTask(taskId))));
    }

    /** Tasks that fit, newest first. Refused with {@code INVALID_REQUEST} for a cursor that is none of ours. */
    public Uni<TaskIndex.Page> find(TaskQuery query) {
        return index.find(query)
                .onFailure(IllegalArgumentException.class)
                .transform(failure -> Refusal.of(CauseCode.INVALID_REQUEST.because(failure.getMessage())));
    }

    /** A row with what this runner knows besides. */
    public TaskView view(TaskRow row) {
        OptionalInt position = queue.position(row.id());
        return new TaskView(
                row,
                position.isPresent() ? position.getAsInt() : null,
                dispatcher.find(row.id()).map(ActiveTask::progress).orElse(null));
    }

    /** How many tasks there are of each status. */
    public Uni<Map<TaskStatus, Long>> counts() {
        return index.counts();
    }

    /** The spec as accepted. */
    public Uni<TaskSpec> spec(String taskId) {
        return state(taskId).map(state -> state.submitted().spec());
    }

    /** The result; empty while the task is not over. */
    public Uni<Optional<TaskResult>> result(String taskId) {
        return state(taskId).map(Tasks::resultOf);
    }

    /** The result as soon as the task is over, or empty after this time. */
    public Uni<Optional<TaskResult>> awaitResult(String taskId, Duration limit) {
        return result(taskId)
                .chain(now -> now.isPresent() || limit.isZero()
                        ? Uni.createFrom().item(now)
                        : journal.follow(taskId, 0)
                                .filter(stored -> stored.event() instanceof TaskEvent.Finished)
                                .toUni()
                                .map(stored -> Optional.of(((TaskEvent.Finished) stored.event()).result()))
                                .ifNoItem()
                                .after(limit)
                                .recoverWithItem(Optional::empty));
    }

    private static Optional<TaskResult> resultOf(TaskState state) {
        return state instanceof TaskState.Done done ? Optional.of(done.result()) : Optional.empty();
    }

    /** Asks for a task's end; does nothing if it is over or was asked for already. Completes when the wish is durable. */
    public Uni<TaskView> cancel(String taskId, String by) {
        return dispatcher
                .find(taskId)
                .map(task -> task.cancel(new TaskEvent.CancelRequested(clock.now(), by))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem())
                .chain(() -> get(taskId));
    }

    /** The events of a task after a sequence number, then live until it is over. */
    public Uni<Multi<StoredEvent>> events(String taskId, long afterSequence) {
        return get(taskId).map(known -> journal.follow(taskId, afterSequence));
    }

    /** The log of a task that exists. */
    public Uni<LogInfo> log(String taskId) {
        return get(taskId).chain(known -> logs.info(taskId));
    }

    /** The logs; ask {@link #log} first whether the task exists. */
    public LogStore logs() {
        return logs;
    }

    /** The tasks that have a container or are getting one, on this runner. */
    public List<ActiveTask> running() {
        return dispatcher.active().stream()
                .filter(task -> !(task.state() instanceof TaskState.Queued))
                .filter(task -> !(task.state() instanceof TaskState.Done))
                .sorted(java.util.Comparator.comparing(ActiveTask::id))
                .toList();
    }

    /** How many tasks wait on this runner. */
    public int waiting() {
        return queue.size();
    }

    private Uni<TaskState> state(String taskId) {
        Optional<ActiveTask> active = dispatcher.find(taskId);
        return active.isPresent() && active.get().state() != null
                ? Uni.createFrom().item(active.get().state())
                : journal.history(taskId).map(history -> {
                    TaskState state = TaskLife.fold(
                            history.stream().map(StoredEvent::event).toList());
                    if (state == null) {
                        throw Refusal.noTask(taskId);
                    }
                    return state;
                });
    }
}
