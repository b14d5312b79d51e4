package dev.fleetrunner.pipeline;

import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.admission.Admission;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.pipeline.run.Capture;
import dev.fleetrunner.pipeline.run.Clock;
import dev.fleetrunner.pipeline.run.ContainerSpecs;
import dev.fleetrunner.pipeline.run.Dispatcher;
import dev.fleetrunner.pipeline.run.Runs;
import dev.fleetrunner.policy.PolicyInForce;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.secret.Secrets;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.task.TaskLife;
import dev.fleetrunner.task.TaskState;
import dev.fleetrunner.workspace.Caches;
import dev.fleetrunner.workspace.WorkspaceStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** The pipeline of one runner: puts its stages together, and begins where an earlier life of the runner stopped. */
public final class Pipeline {
    private static final Set<TaskStatus> UNFINISHED = EnumSet.of(TaskStatus.PENDING, TaskStatus.RUNNING);
    private static final int PAGE = 500;

    private static final Logger LOG = Logger.getLogger(Pipeline.class);

    private final Parts parts;
    private final Journal.Epoch epoch;
    private final Dispatcher dispatcher;
    private final Tasks tasks;
    private final Occupancy occupancy;
    private final Orphans orphans;
    private final Containers containers;

    /**
     * What a pipeline is made of.
     *
     * @param worker for files and whatever else blocks for a moment
     * @param readers for reading the reports of tasks, which may take long
     */
    public record Parts(
            Settings settings,
            Runtimes runtimes,
            Journal journal,
            TaskIndex index,
            LogStore logs,
            ArtifactStore artifacts,
            WorkspaceStore workspaces,
            Caches caches,
            PolicyInForce policy,
            Secrets secrets,
            DiskBrake brake,
            Executor worker,
            Executor readers,
            java.time.Clock clock,
            Audit audit) {}

    /**
     * @param epoch this life of the runner; the earlier ones are fenced
     */
    public Pipeline(Parts parts, Journal.Epoch epoch) {
        this.parts = parts;
        this.epoch = epoch;
        var clock = new Clock(parts.clock());
        var queue = new FairQueue(parts.settings().queueSize());
        this.dispatcher = Runs.dispatcher(
                queue,
                parts.settings().maxConcurrent(),
                parts.settings().stopLimit(),
                parts.settings().engineReturn(),
                parts.runtimes(),
                parts.logs(),
                new ContainerSpecs(
                        parts.workspaces(), parts.caches(), parts.settings().logBytes(), parts.worker()),
                parts.secrets(),
                new Capture(parts.artifacts(), parts.settings().collectLimit(), parts.readers(), clock),
                clock);
        dispatcher.hold(parts.brake().holds());
        parts.brake().whenChanged(dispatcher::hold);
        this.occupancy = new Occupancy(queue, dispatcher, parts.settings().maxConcurrent());
        this.orphans = new Orphans(parts.runtimes(), parts.index(), parts.clock());
        var audit = new TaskAudit(parts.audit());
        this.containers = new Containers(occupancy, orphans, audit.access());
        var states = new TaskStates(dispatcher, queue, parts.journal(), audit.access());
        this.tasks = new Tasks(
                new Admission(
                        parts.policy(),
                        parts.workspaces(),
                        parts.secrets(),
                        parts.settings().defaultImage(),
                        parts.worker()),
                new Submissions(
                        parts.brake(), queue, dispatcher, parts.journal(), epoch, parts.index(), states, clock, audit),
                states,
                queue,
                dispatcher,
                parts.journal(),
                parts.index(),
                parts.logs(),
                parts.artifacts(),
                clock,
                audit);
    }

    /** The use cases of tasks. */
    public Tasks tasks() {
        return tasks;
    }

    /** Who has a place and who waits. */
    public Occupancy occupancy() {
        return occupancy;
    }

    /** The reports among artifacts. */
    public ReportReading reports() {
        return new ReportReading(parts.readers());
    }

    /** What is on the runtimes. */
    public Containers containers() {
        return containers;
    }

    /**
     * Begins: queues what waited, in its old order, takes over what an earlier life had begun, and starts to give turns.
     * Completes when every task of earlier lives is in hand. To be called once; nothing runs before.
     */
    public Uni<Void> begin() {
        return unfinished(null, new ArrayDeque<>())
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::recover)
                .collect()
                .last()
                .invoke(dispatcher::open);
    }

    /**
     * Stops: what runs has so much time to end, and is left to the next start after that. Completes when everything is out
     * of hand; never fails.
     */
    public Uni<Void> leave(Duration drain) {
        return dispatcher.leave(drain);
    }

    /** Removes orphaned containers, as {@link Orphans#sweep}. */
    public Uni<Void> sweep() {
        return parts.runtimes().refresh().chain(orphans::sweep);
    }

    /**
     * Has every runtime remove what it had made for its own use and nothing uses any more; one after the other, as two may
     * be services on one storage. Never fails.
     */
    public Uni<Void> tidy() {
        return Multi.createFrom()
                .iterable(parts.runtimes().all())
                .onItem()
                .transformToUniAndConcatenate(runtime -> runtime.tidy()
                        .onFailure()
                        .invoke(failure -> LOG.warnf("%s cannot be tidied: %s", runtime.name(), failure.getMessage()))
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .last();
    }

    /** Oldest first; the index gives the newest first. */
    private Uni<Deque<TaskRow>> unfinished(String cursor, Deque<TaskRow> found) {
        return parts.index().find(TaskQuery.inStatus(UNFINISHED, cursor, PAGE)).chain(page -> {
            page.tasks().forEach(found::addFirst);
            return page.nextCursor() == null ? Uni.createFrom().item(found) : unfinished(page.nextCursor(), found);
        });
    }

    private Uni<Void> recover(TaskRow row) {
        return parts.journal()
                .history(row.id())
                .invoke(history -> recover(row.id(), history))
                // One task that cannot be read must not keep the service from its start.
                .onFailure(IllegalArgumentException.class)
                .invoke(failure -> LOG.errorf(failure, "task %s cannot be read and stays as it is", row.id()))
                .onFailure(IllegalArgumentException.class)
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void recover(String id, List<StoredEvent> history) {
        TaskState state = TaskLife.fold(history.stream().map(StoredEvent::event).toList());
        if (state instanceof TaskState.Done || dispatcher.find(id).isPresent()) {
            return;
        }
        var task = new ActiveTask(parts.journal(), epoch, id, state, history.size());
        if (state instanceof TaskState.Queued) {
            dispatcher.restore(task);
        } else {
            dispatcher.resume(task);
        }
    }
}
