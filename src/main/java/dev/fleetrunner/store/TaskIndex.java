package dev.fleetrunner.store;

import dev.fleetrunner.contract.TaskStatus;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be asked about tasks: a closed list of filters. */
public interface TaskIndex {

    /** One task's row. */
    Uni<Optional<TaskRow>> get(String taskId);

    /** The task for which its owner first used an idempotency key. */
    Uni<Optional<String>> taskOfKey(String owner, String key);

    /** Tasks that fit all filters, newest first (by id, which sorts by time). */
    Uni<Page> find(TaskQuery query);

    /**
     * Tasks that are over, the one that ended first at the front. How many there are: {@link #counts}.
     *
     * @param cursor of the page before, or null; it stays good when tasks are forgotten in between
     * @param limit how many at most, 1 to {@link TaskQuery#MAX_LIMIT}
     */
    Uni<OverPage> over(String cursor, int limit);

    /**
     * How many tasks there are of each status; statuses without a task are absent.
     *
     * @param query which tasks; its statuses, cursor and limit do not count here
     */
    Uni<Map<TaskStatus, Long>> counts(TaskQuery query);

    /**
     * The same of those that ended at a time or after it.
     *
     * @param owner whose tasks; null for everybody's
     */
    Uni<Map<TaskStatus, Long>> endedSince(String owner, Instant since);

    /**
     * One page.
     *
     * @param nextCursor what to ask with for the next page; null on the last one
     */
    record Page(List<TaskRow> tasks, String nextCursor) {
        public Page {
            tasks = List.copyOf(tasks);
        }
    }

    /** A task that is over, and when it ended. */
    record Over(String taskId, Instant finishedAt) {}

    /**
     * One page of them.
     *
     * @param nextCursor what to ask with for the next page; null on the last one, which may be empty
     */
    record OverPage(List<Over> tasks, String nextCursor) {
        public OverPage {
            tasks = List.copyOf(tasks);
        }
    }
}
