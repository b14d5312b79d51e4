package dev.fleetrunner.store;

import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/**
 * The append-only history of all tasks. Every event has a sequence number in its task (from 1, without gaps) and a
 * global position (growing, in the order of commits). Methods may be called from any thread and never block the
 * caller's; results may arrive on another thread.
 */
public interface Journal {

    /**
     * Begins a new epoch of a runner and so fences the earlier ones: what they append from now on fails with
     * {@link Fenced}.
     *
     * @param instance the runner's instance id
     */
    Uni<Epoch> claim(String instance);

    /**
     * Appends events of a task and updates the index with them, atomically. Completes when all is durable, with the last of
     * the events.
     *
     * <p>Fails with {@link Fenced} if the epoch is no longer the runner's newest; with {@link SequenceConflict} if the
     * task has another number of events than {@link Append#expectedSequence()}; with {@link DuplicateKey} if a
     * {@code Submitted} event bears an idempotency key that its owner has used before. Nothing is written then.
     */
    Uni<StoredEvent> append(Append append);

    /**
     * Forgets a task that is over: its events, its row and its idempotency key, atomically. Gives true when that is
     * durable, false if there is no such task or it is not over; nothing is removed then. Positions are not given out
     * again; who follows skips what is gone, and who follows the task comes to its end.
     *
     * <p>Fails with {@link Fenced} as {@link #append} does.
     */
    Uni<Boolean> forget(Epoch epoch, String taskId);

    /** All events of a task in their sequence; empty if there is none. */
    Uni<List<StoredEvent>> history(String taskId);

    /** Events of all tasks after a global position (0 for the beginning), at most {@code limit} of them, in order. */
    Uni<List<StoredEvent>> after(long position, int limit);

    /**
     * The events of all tasks after a position, then every further one as it is appended; never completes. Honours
     * demand: a slow subscriber costs nobody else, and no event is skipped.
     */
    Multi<StoredEvent> follow(long afterPosition);

    /**
     * The events of one task after a sequence number, then every further one; completes after {@code Finished}, and at
     * once if there is no such task.
     */
    Multi<StoredEvent> follow(String taskId, long afterSequence);

    /** One life of a runner: nobody with a smaller number of the same instance may append any more. */
    record Epoch(String instance, long number) {}

    /**
     * Events to append.
     *
     * @param expectedSequence how many events the task has so far
     * @param events one or more, in their order
     * @param row what the index says of the task from the last of these events on
     * @param audit what the audit says of it, written in the same commit or not at all; null for nothing
     */
    record Append(
            Epoch epoch,
            String taskId,
            long expectedSequence,
            List<TaskEvent> events,
            TaskRow row,
            AuditStore.Draft audit) {
        /** @throws IllegalArgumentException if there is no event */
        public Append {
            if (events.isEmpty()) {
                throw new IllegalArgumentException("there is nothing to append");
            }
            events = List.copyOf(events);
        }

        /** An append that the audit says nothing of. */
        public Append(Epoch epoch, String taskId, long expectedSequence, List<TaskEvent> events, TaskRow row) {
            this(epoch, taskId, expectedSequence, events, row, null);
        }

        /** An append of one event that the audit says nothing of. */
        public Append(Epoch epoch, String taskId, long expectedSequence, TaskEvent event, TaskRow row) {
            this(epoch, taskId, expectedSequence, List.of(event), row, null);
        }
    }

    /** An event as it was stored. */
    record StoredEvent(long position, String taskId, long sequence, Instant at, TaskEvent event) {}

    /** The runner that appends has a successor. */
    final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Fenced(Epoch epoch) {
            super("epoch " + epoch.number() + " of runner " + epoch.instance() + " is over");
        }
    }

    /** Another event came first. */
    final class SequenceConflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public SequenceConflict(String taskId, long expected) {
            super("task " + taskId + " does not have " + expected + " events");
        }
    }

    /** The owner has used this idempotency key before. */
    final class DuplicateKey extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String taskId;

        public DuplicateKey(String taskId) {
            super("the key belongs to task " + taskId);
            this.taskId = taskId;
        }

        /** The task that the key was first used for. */
        public String taskId() {
            return taskId;
        }
    }
}
