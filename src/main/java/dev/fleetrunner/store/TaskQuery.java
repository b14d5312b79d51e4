package dev.fleetrunner.store;

import dev.fleetrunner.contract.TaskStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The closed list of filters; a null or empty one does not filter, several must all fit.
 *
 * @param statuses any of these
 * @param owner the name of the token
 * @param caseId of the caller's context
 * @param taskId of the caller's context
 * @param role of the caller's context
 * @param image the reference as the spec has it
 * @param runtime the runtime's name
 * @param labels all of these
 * @param from queued at or after
 * @param to queued before
 * @param idPrefix the beginning of the runner's id
 * @param casePrefix the beginning of the case
 * @param cursor of the page before, or null
 * @param limit how many at most, 1 to 1000
 */
public record TaskQuery(
        Set<TaskStatus> statuses,
        String owner,
        String caseId,
        String taskId,
        String role,
        String image,
        String runtime,
        Map<String, String> labels,
        Instant from,
        Instant to,
        String idPrefix,
        String casePrefix,
        String cursor,
        int limit) {

    public static final int MAX_LIMIT = 1000;

    public TaskQuery {
        statuses = Set.copyOf(statuses);
        labels = Map.copyOf(labels);
    }

    /** Everything, newest first. */
    public static TaskQuery all(int limit) {
        return new TaskQuery(
                Set.of(), null, null, null, null, null, null, Map.of(), null, null, null, null, null, limit);
    }

    /** The same among the tasks of one owner. */
    public TaskQuery ofOwner(String name) {
        return new TaskQuery(
                statuses,
                name,
                caseId,
                taskId,
                role,
                image,
                runtime,
                labels,
                from,
                to,
                idPrefix,
                casePrefix,
                cursor,
                limit);
    }

    /** The same in any status, from the beginning on. */
    public TaskQuery inAnyStatus() {
        return new TaskQuery(
                Set.of(),
                owner,
                caseId,
                taskId,
                role,
                image,
                runtime,
                labels,
                from,
                to,
                idPrefix,
                casePrefix,
                null,
                limit);
    }

    /** The tasks of one of the callers' cases, newest first. */
    public static TaskQuery ofCase(String caseId, int limit) {
        return new TaskQuery(
                Set.of(), null, caseId, null, null, null, null, Map.of(), null, null, null, null, null, limit);
    }

    /** Whether it is for all tasks. */
    public boolean isOpen() {
        return equals(all(limit));
    }

    /** All tasks in these statuses. */
    public static TaskQuery inStatus(Set<TaskStatus> statuses, String cursor, int limit) {
        return new TaskQuery(
                statuses, null, null, null, null, null, null, Map.of(), null, null, null, null, cursor, limit);
    }
}
