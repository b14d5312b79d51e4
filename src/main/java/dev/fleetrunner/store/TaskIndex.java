package dev.fleetrunner.store;

import dev.fleetrunner.contract.TaskStatus;
import io.smallrye.mutiny.Uni;
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

    /** How many tasks there are of each status; statuses without a task are absent. */
    Uni<Map<TaskStatus, Long>> counts();

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
}
