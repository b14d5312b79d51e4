package dev.fleetrunner.store;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.Journal.Append;
import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskLife;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A runner that appends whole histories, the way the pipeline does. */
public final class Appending {
    public static final Duration SOON = Duration.ofSeconds(20);

    private final Journal journal;
    private final Epoch epoch;

    public Appending(Journal journal) {
        this.journal = journal;
        this.epoch = journal.claim("runner-1").await().atMost(SOON);
    }

    public Epoch epoch() {
        return epoch;
    }

    /** Appends the events of a task from its first one on. */
    public List<StoredEvent> task(String id, TaskEvent... events) {
        List<StoredEvent> stored = new ArrayList<>();
        TaskState state = null;
        for (TaskEvent event : events) {
            state = TaskLife.after(state, event);
            Append append = new Append(epoch, id, stored.size(), event, TaskRow.of(id, state));
            stored.add(journal.append(append).await().atMost(SOON));
        }
        return stored;
    }

    /** A task that waits. */
    public String queued() {
        String id = Samples.id();
        task(id, Samples.submitted("ci", null));
        return id;
    }

    /** A task from its submission to its end. */
    public String passed() {
        String id = Samples.id();
        task(id, whole(id));
        return id;
    }

    /** A waiting task whose row is changed before it is written. */
    public String indexed(UnaryOperator<TaskRow> change) {
        String id = Samples.id();
        TaskEvent.Submitted event = Samples.submitted("ci", null);
        TaskRow row = change.apply(TaskRow.of(id, TaskLife.fold(List.of(event))));
        journal.append(new Append(epoch, id, 0, event, row)).await().atMost(SOON);
        return id;
    }

    /** One event, by hand. */
    public Uni<StoredEvent> append(Epoch by, String id, long expected, TaskEvent event) {
        TaskState state = TaskLife.fold(List.of(Samples.submitted("ci", null)));
        return journal.append(new Append(by, id, expected, event, TaskRow.of(id, state)));
    }

    /** Several events of a task from its first one on, at once. */
    public Uni<StoredEvent> append(Epoch by, String id, long expected, List<TaskEvent> events) {
        return journal.append(new Append(by, id, expected, events, TaskRow.of(id, TaskLife.fold(events))));
    }

    /** One event of each kind, in an order in which they may follow. */
    public static TaskEvent[] everyKind(String id) {
        return new TaskEvent[] {
            Samples.submitted("ci", null),
            Samples.preparing(),
            Samples.started(),
            Samples.takenOver(),
            Samples.cancelRequested("alice"),
            Samples.collecting(0),
            Samples.finished(id, TaskStatus.PASSED)
        };
    }

    /** Every event of a task that passes. */
    public static TaskEvent[] whole(String id) {
        return new TaskEvent[] {
            Samples.submitted("ci", null),
            Samples.preparing(),
            Samples.started(),
            Samples.cancelRequested("alice"),
            Samples.collecting(0),
            Samples.finished(id, TaskStatus.PASSED)
        };
    }
}
