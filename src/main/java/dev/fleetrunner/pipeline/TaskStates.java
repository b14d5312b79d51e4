package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.UsageSeries;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.pipeline.run.Dispatcher;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskLife;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How tasks stand: those in our hands as we know them, the others as the journal tells. */
record TaskStates(Dispatcher dispatcher, FairQueue queue, Journal journal, Access access) {

    /** A row with what this runner knows besides. */
    TaskView view(TaskRow row) {
        OptionalInt position = queue.position(row.id());
        return new TaskView(
                row,
                position.isPresent() ? position.getAsInt() : null,
                dispatcher.find(row.id()).map(ActiveTask::progress).orElse(null));
    }

    /** A task of which all events are at hand. */
    Story story(String taskId, TaskState state, List<StoredEvent> events) {
        var story = new Story(view(TaskRow.of(taskId, state)), events, null);
        UsageSeries used = story.last(TaskEvent.Collecting.class)
                .map(TaskEvent.Collecting::usage)
                .or(() -> dispatcher.find(taskId).map(ActiveTask::usageSoFar))
                .orElse(null);
        return new Story(story.view(), events, used);
    }

    /** Of a task that the caller sees. */
    Uni<TaskState> seen(Caller caller, String taskId) {
        return of(taskId)
                .invoke(state -> Access.toSee(caller, taskId, state.submitted().owner()));
    }

    /** Completes for a task that the caller may end, or run again. */
    Uni<Void> changeable(Caller caller, String taskId) {
        return of(taskId)
                .invoke(state ->
                        access.toChange(caller, taskId, state.submitted().owner()))
                .replaceWithVoid();
    }

    /** Fails with {@code NOT_FOUND} for a task that does not exist. */
    Uni<TaskState> of(String taskId) {
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
