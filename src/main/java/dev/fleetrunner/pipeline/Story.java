package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.UsageSeries;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.TaskEvent;
import java.util.List;
import java.util.Optional;

/**
 * All that is written down about a task, read at once.
 *
 * @param events in their order; the first is its submission
 * @param usage while it ran, up to now if it does; null if nothing was measured
 */
public record Story(TaskView view, List<StoredEvent> events, UsageSeries usage) {
    public Story {
        events = List.copyOf(events);
    }

    /** What was asked for, and by whom. */
    public TaskEvent.Submitted submitted() {
        return (TaskEvent.Submitted) events.get(0).event();
    }

    /** The last event of a kind. */
    public <T extends TaskEvent> Optional<T> last(Class<T> kind) {
        return events.stream()
                .map(StoredEvent::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((earlier, later) -> later);
    }

    /** Empty while the task is not over. */
    public Optional<TaskResult> result() {
        return last(TaskEvent.Finished.class).map(TaskEvent.Finished::result);
    }

    /** The receipt; empty while no container was started. */
    public Optional<Enforced> enforced() {
        return last(TaskEvent.Started.class).map(TaskEvent.Started::enforced);
    }
}
