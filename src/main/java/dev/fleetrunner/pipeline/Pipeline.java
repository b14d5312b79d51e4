package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.admission.Admission;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.pipeline.run.Clock;
import dev.fleetrunner.pipeline.run.Dispatcher;
import dev.fleetrunner.pipeline.run.Runs;
import dev.fleetrunner.policy.MountRoots;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.task.TaskLife;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** The pipeline of one runner: puts its stages together, and begins where an earlier life of the runner stopped. */
public final class Pipeline {
    private static final Set<TaskStatus> UNFINISHED = EnumSet.of(TaskStatus.PENDING, TaskStatus.RUNNING);
    private static final int PAGE = 500;

    private final Parts parts;
    private final Journal.Epoch epoch;
    private final Dispatcher dispatcher;
    private final Tasks tasks;

    /** What a pipeline is made of. */
    public record Parts(
            Settings settings,
            Runtimes runtimes,
            Journal journal,
            TaskIndex index,
            LogStore logs,
            MountRoots mountRoots,
            Executor worker,
            java.time.Clock clock) {}

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
                parts.settings().logBytes(),
                parts.runtimes(),
                parts.logs(),
                parts.mountRoots(),
                parts.worker(),
                clock);
        this.tasks = new Tasks(
                new Admission(parts.mountRoots(), parts.settings().defaultImage(), parts.worker()),
                queue,
                dispatcher,
                parts.journal(),
                epoch,
                parts.index(),
                parts.logs(),
                clock);
    }

    /** The use cases. */
    public Tasks tasks() {
        return tasks;
    }

    /**
     * Begins: removes containers of ours that have no task, queues what waited, ends what an earlier life had begun.
     * Completes when every task of earlier lives is in one of these hands.
     */
    public Uni<Void> begin() {
        return recoverFrom(null).chain(this::removeLeftOvers);
    }

    /** Starts nothing any more. */
    public void close() {
        dispatcher.close();
    }

    private Uni<Void> recoverFrom(String cursor) {
        return parts.index().find(TaskQuery.inStatus(UNFINISHED, cursor, PAGE)).chain(page -> Multi.createFrom()
                .iterable(page.tasks())
                .onItem()
                .transformToUniAndConcatenate(this::recover)
                .collect()
                .last()
                .chain(() -> page.nextCursor() == null ? Uni.createFrom().voidItem() : recoverFrom(page.nextCursor())));
    }

    private Uni<Void> recover(TaskRow row) {
        return parts.journal().history(row.id()).chain(history -> {
            TaskState state =
                    TaskLife.fold(history.stream().map(StoredEvent::event).toList());
            var task = new ActiveTask(parts.journal(), epoch, row.id(), state, history.size());
            if (state instanceof TaskState.Queued) {
                dispatcher.restore(task);
                return Uni.createFrom().voidItem();
            }
            return dispatcher
                    .abandon(
                            task,
                            CauseCode.RUNNER_RESTARTED.because("the runner was restarted while the task was "
                                    + state.phase().word()))
                    .replaceWithVoid();
        });
    }

    /** A container whose task is over, or was never written down, is of no use to anybody. */
    private Uni<Void> removeLeftOvers() {
        List<ContainerRuntime> runtimes = parts.runtimes().all();
        return Multi.createFrom()
                .iterable(runtimes)
                .onItem()
                .transformToUniAndConcatenate(runtime -> runtime.owned()
                        .map(owned -> owned.ref())
                        .select()
                        .distinct()
                        .select()
                        .where(ref -> dispatcher.find(ref.taskId()).isEmpty())
                        .onItem()
                        .transformToUniAndConcatenate(ref -> remove(runtime, ref))
                        .collect()
                        .last()
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> remove(ContainerRuntime runtime, ContainerRef ref) {
        return runtime.remove(ref).onFailure().recoverWithNull();
    }
}
