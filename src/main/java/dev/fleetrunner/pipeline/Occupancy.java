package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.pipeline.run.Dispatcher;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.task.TaskState;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The use case of who has a place on this runner and who waits for one, as far as the caller sees it. */
public final class Occupancy {
    private final FairQueue queue;
    private final Dispatcher dispatcher;
    private final int places;

    Occupancy(FairQueue queue, Dispatcher dispatcher, int places) {
        this.queue = queue;
        this.dispatcher = dispatcher;
        this.places = places;
    }

    /**
     * A task that waits.
     *
     * @param position how many go before it plus one, those among them that the caller does not see
     */
    public record Waiting(TaskRow row, int position) {}

    /** The tasks that have a container or are getting one, and that the caller sees, the oldest first. */
    public List<ActiveTask> running(Caller caller) {
        return running()
                .filter(task -> caller.sees(task.state().submitted().owner()))
                .sorted(Comparator.comparing(ActiveTask::id))
                .toList();
    }

    /** The tasks whose turn comes next, of those that the caller sees; at most so many. */
    public List<Waiting> waiting(Caller caller, int limit) {
        return queue.next(caller::sees, limit).stream()
                .map(turn -> dispatcher
                        .find(turn.taskId())
                        .map(task -> new Waiting(TaskRow.of(task.id(), task.state()), turn.position())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** How many tasks run at most at once. */
    public int places() {
        return places;
    }

    /** How many tasks have a container or are getting one. */
    public int started() {
        return (int) running().count();
    }

    /** How many tasks wait. */
    public int waiting() {
        return queue.size();
    }

    /** How many tasks are in hand, waiting ones and those that are giving back what they held too. */
    public int inHand() {
        return dispatcher.active().size();
    }

    /** A number that changes when a task comes, goes, or comes into another state. */
    public int fingerprint() {
        int states = dispatcher.active().stream()
                .mapToInt(task -> Objects.hash(task.id(), task.state().getClass()))
                .sum();
        return Objects.hash(dispatcher.submitted(), states);
    }

    private Stream<ActiveTask> running() {
        return dispatcher.active().stream()
                .filter(task -> !(task.state() instanceof TaskState.Queued))
                .filter(task -> !(task.state() instanceof TaskState.Done));
    }
}
