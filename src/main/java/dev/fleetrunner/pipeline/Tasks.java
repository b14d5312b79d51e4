package dev.fleetrunner.pipeline;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.admission.Admission;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.pipeline.run.Clock;
import dev.fleetrunner.pipeline.run.Dispatcher;
import dev.fleetrunner.pipeline.run.LogEnd;
import dev.fleetrunner.policy.Decision;
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
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The use cases that every door shares, each within what its caller may do ({@link Access}). Whatever is refused fails
 * with {@link Refusal}: with {@code NOT_FOUND} a task that does not exist or that the caller does not see, with
 * {@code FORBIDDEN} what the caller's role may not do.
 */
public final class Tasks {
    private final Admission admission;
    private final Submissions submissions;
    private final TaskStates states;
    private final FairQueue queue;
    private final Dispatcher dispatcher;
    private final Journal journal;
    private final TaskIndex index;
    private final LogStore logs;
    private final ArtifactStore artifacts;
    private final Clock clock;
    private final TaskAudit audit;
    private final Access access;

    Tasks(
            Admission admission,
            Submissions submissions,
            TaskStates states,
            FairQueue queue,
            Dispatcher dispatcher,
            Journal journal,
            TaskIndex index,
            LogStore logs,
            ArtifactStore artifacts,
            Clock clock,
            TaskAudit audit) {
        this.admission = admission;
        this.submissions = submissions;
        this.states = states;
        this.queue = queue;
        this.dispatcher = dispatcher;
        this.journal = journal;
        this.index = index;
        this.logs = logs;
        this.artifacts = artifacts;
        this.clock = clock;
        this.audit = audit;
        this.access = audit.access();
    }

    /**
     * What became of a submission.
     *
     * @param repeated whether the task was there already, from an earlier submission with the same key
     */
    public record Accepted(TaskView task, boolean repeated) {}

    /**
     * Takes a spec. Completes when it is durable. Refused with {@code QUEUE_FULL} while too many wait, or the store has too
     * much to do, and with {@code STORAGE_FULL} while the disk is nearly full.
     *
     * @param idempotencyKey the caller's, or null; a repeat of the same spec gives the first task, another spec is
     *     refused with {@code IDEMPOTENCY_MISMATCH}
     */
    public Uni<Accepted> submit(Caller caller, byte[] document, String idempotencyKey) {
        return allowed(() -> access.toSubmit(caller))
                .chain(() -> admission.admit(caller, document))
                .onFailure()
                .recoverWithUni(failure -> audit.refused(caller, AuditAction.SUBMIT, null, failure))
                .chain(admitted -> submissions.accept(caller, admitted, idempotencyKey, null));
    }

    /** Completes for a caller that may submit. */
    public Uni<Void> submitting(Caller caller) {
        return allowed(() -> access.toSubmit(caller));
    }

    /** What the policy says of a spec; nothing is taken. */
    public Uni<Decision> explain(Caller caller, byte[] document) {
        return allowed(() -> access.toSubmit(caller)).chain(() -> admission.explain(caller, document));
    }

    /** Takes the spec of an earlier task again, under the rules of today. */
    public Uni<Accepted> rerun(Caller caller, String taskId) {
        return states.changeable(caller, taskId)
                .chain(() -> states.of(taskId))
                .chain(state -> admission.admit(caller, state.submitted().spec()))
                .onFailure()
                .recoverWithUni(failure -> audit.refused(caller, AuditAction.RERUN, taskId, failure))
                .chain(admitted -> submissions.accept(caller, admitted, null, taskId));
    }

    /** One task. */
    public Uni<TaskView> get(Caller caller, String taskId) {
        return index.get(taskId).map(row -> {
            TaskRow known = row.orElseThrow(() -> Refusal.noTask(taskId));
            Access.toSee(caller, taskId, known.owner());
            return states.view(known);
        });
    }

    /**
     * Tasks that fit and that the caller sees, newest first. Refused with {@code INVALID_REQUEST} for a cursor that is none
     * of the caller's.
     */
    public Uni<TaskIndex.Page> find(Caller caller, TaskQuery query) {
        if (caller.role().seesAll()) {
            return find(query);
        }
        if (query.owner() != null && !caller.sees(query.owner())) {
            return Uni.createFrom().item(new TaskIndex.Page(List.of(), null));
        }
        // A cursor is a task's id: it must not tell whether somebody else has such a task.
        Uni<?> cursor = query.cursor() == null
                ? Uni.createFrom().voidItem()
                : get(caller, query.cursor()).onFailure(Refusal.class).transform(failure -> noCursor("no such cursor"));
        return cursor.chain(() -> find(query.ofOwner(caller.name())));
    }

    private Uni<TaskIndex.Page> find(TaskQuery query) {
        return index.find(query)
                .onFailure(IllegalArgumentException.class)
                .transform(failure -> noCursor(failure.getMessage()));
    }

    private static Refusal noCursor(String message) {
        return Refusal.of(CauseCode.INVALID_REQUEST.because(message));
    }

    /** A row with what this runner knows besides. */
    public TaskView view(TaskRow row) {
        return states.view(row);
    }

    /** How many tasks the caller sees of each status. */
    public Uni<Map<TaskStatus, Long>> counts(Caller caller) {
        return counts(caller, TaskQuery.all(1));
    }

    /** The same of the tasks that fit a query, whatever status it asks for. */
    public Uni<Map<TaskStatus, Long>> counts(Caller caller, TaskQuery query) {
        if (query.owner() != null && !caller.sees(query.owner())) {
            return Uni.createFrom().item(Map.of());
        }
        return index.counts(caller.role().seesAll() ? query : query.ofOwner(caller.name()));
    }

    /** How many tasks that the caller sees ended how, at a time or after it. */
    public Uni<Map<TaskStatus, Long>> endedSince(Caller caller, Instant since) {
        return index.endedSince(caller.role().seesAll() ? null : caller.name(), since);
    }

    /** All that is written down about a task. */
    public Uni<Story> story(Caller caller, String taskId) {
        return journal.history(taskId).map(events -> {
            if (events.isEmpty()) {
                throw Refusal.noTask(taskId);
            }
            TaskState state =
                    TaskLife.fold(events.stream().map(StoredEvent::event).toList());
            Access.toSee(caller, taskId, state.submitted().owner());
            return states.story(taskId, state, events);
        });
    }

    /** The spec as accepted. */
    public Uni<TaskSpec> spec(Caller caller, String taskId) {
        return states.seen(caller, taskId).map(state -> state.submitted().spec());
    }

    /** The result; empty while the task is not over. */
    public Uni<Optional<TaskResult>> result(Caller caller, String taskId) {
        return states.seen(caller, taskId).map(Tasks::resultOf);
    }

    /** The result as soon as the task is over, or empty after this time. */
    public Uni<Optional<TaskResult>> awaitResult(Caller caller, String taskId, Duration limit) {
        return result(caller, taskId)
                .chain(now -> now.isPresent() || limit.isZero() || limit.isNegative()
                        ? Uni.createFrom().item(now)
                        : end(taskId).ifNoItem().after(limit).recoverWithItem(Optional::empty));
    }

    /** Of a task in our hands we know it first; of any other the journal tells. */
    private Uni<Optional<TaskResult>> end(String taskId) {
        Uni<Optional<TaskResult>> ours = dispatcher
                .find(taskId)
                .map(ActiveTask::end)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
        return ours.chain(known -> known.isPresent() ? Uni.createFrom().item(known) : finished(taskId));
    }

    private Uni<Optional<TaskResult>> finished(String taskId) {
        return journal.follow(taskId, 0)
                .filter(stored -> stored.event() instanceof TaskEvent.Finished)
                .map(stored -> ((TaskEvent.Finished) stored.event()).result())
                .toUni()
                .map(Optional::ofNullable);
    }

    private static Optional<TaskResult> resultOf(TaskState state) {
        return state instanceof TaskState.Done done ? Optional.of(done.result()) : Optional.empty();
    }

    /**
     * Asks for a task's end; does nothing if it is over or was asked for already. Completes when the wish is durable.
     * Refused for a moment while the runner has not yet taken up the tasks of its earlier life.
     */
    public Uni<TaskView> cancel(Caller caller, String taskId) {
        return states.changeable(caller, taskId).chain(() -> dispatcher
                .find(taskId)
                .map(task -> task.cancel(
                                new TaskEvent.CancelRequested(clock.now(), caller.name()),
                                audit.cancelled(caller, taskId))
                        .onFailure()
                        .transform(StoreTrouble::refusal)
                        .chain(() -> get(caller, taskId)))
                .orElseGet(() -> get(caller, taskId).invoke(Tasks::refuseUnlessOver)));
    }

    private static void refuseUnlessOver(TaskView view) {
        if (!view.row().status().terminal()) {
            throw Refusal.later(
                    CauseCode.RUNNER_RESTARTED.because(
                            "the runner has not taken up task " + view.row().id() + " again"),
                    Refusal.SOON);
        }
    }

    /** The events of a task after a sequence number, then live until it is over. */
    public Uni<Multi<StoredEvent>> events(Caller caller, String taskId, long afterSequence) {
        return get(caller, taskId).map(known -> journal.follow(taskId, afterSequence));
    }

    /**
     * The log of a task. That of a task that is over is sealed, so whoever follows it comes to its end: should a crash have
     * come between a task's end and its log's, the log is ended here.
     */
    public Uni<OpenLog> log(Caller caller, String taskId) {
        return get(caller, taskId)
                .chain(task -> logs.info(taskId).chain(info -> {
                    boolean left = task.row().status().terminal() && !info.sealed();
                    return left ? LogEnd.of(logs, taskId) : Uni.createFrom().item(info);
                }))
                .map(info -> new OpenLog(logs, taskId, info))
                .invoke(() -> audit.downloaded(caller, AuditAction.LOG_DOWNLOAD, taskId));
    }

    /** The files that a task left behind, in the order of their paths' bytes; none before they are all collected. */
    public Uni<List<ArtifactFile>> artifacts(Caller caller, String taskId) {
        return get(caller, taskId).chain(known -> artifacts.list(taskId));
    }

    /** One file that a task left behind; refused with {@code NOT_FOUND} if there is none at the path. */
    public Uni<OpenArtifact> artifact(Caller caller, String taskId, String path) {
        return get(caller, taskId)
                .chain(known -> artifacts.file(taskId, path))
                .map(file ->
                        new OpenArtifact(artifacts, taskId, file.orElseThrow(() -> Refusal.noArtifact(taskId, path))))
                .invoke(() -> audit.downloaded(caller, AuditAction.ARTIFACT_DOWNLOAD, taskId + "/" + path));
    }

    /** All files that a task left behind as a zip, made while it is read. */
    public Uni<Multi<Buffer>> zip(Caller caller, String taskId) {
        return get(caller, taskId)
                .map(known -> artifacts.zip(taskId))
                .invoke(() -> audit.downloaded(caller, AuditAction.ZIP_DOWNLOAD, taskId));
    }

    private static Uni<Void> allowed(Runnable check) {
        return Uni.createFrom().voidItem().invoke(check);
    }
}
