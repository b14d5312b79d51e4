package dev.fleetrunner.store;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/** Rows of the index that differ from a task's own. */
final class SampleRows {
    private SampleRows() {}

    /** A row that shares each value with some others; what may be null sometimes is. */
    static TaskRow random(TaskRow row, Random random) {
        TaskStatus status = one(random, TaskStatus.values());
        Instant queued = Samples.AT.plusSeconds(random.nextInt(120));
        return new TaskRow(
                row.id(),
                one(random, "ci", "alice"),
                status,
                status.terminal() ? Phase.DONE : Phase.QUEUED,
                one(random, "a:1", "b:1"),
                one(random, null, "podman", "docker"),
                one(random, null, "case-1", "case-2", "ca%e"),
                one(random, null, "t-1", "t-2"),
                one(random, null, "dev", "qa"),
                one(
                        random,
                        Map.of(),
                        Map.of("team", "authz"),
                        Map.of("team", "authz", "tier", "1"),
                        Map.of("team", "x")),
                random.nextInt(5),
                queued,
                one(random, null, queued.plusNanos(5)),
                one(random, null, queued.plusSeconds(9)),
                one(random, null, CauseCode.TIMEOUT),
                one(random, null, 0, -1));
    }

    /** @param caseId may be null */
    static TaskRow withCase(TaskRow row, String caseId) {
        return new TaskRow(
                row.id(),
                row.owner(),
                row.status(),
                row.phase(),
                row.image(),
                row.runtime(),
                caseId,
                row.taskId(),
                row.role(),
                row.labels(),
                row.priority(),
                row.queuedAt(),
                row.startedAt(),
                row.finishedAt(),
                row.cause(),
                row.exitCode());
    }

    static TaskRow queuedAt(TaskRow row, Instant at) {
        return new TaskRow(
                row.id(),
                row.owner(),
                row.status(),
                row.phase(),
                row.image(),
                row.runtime(),
                row.caseId(),
                row.taskId(),
                row.role(),
                row.labels(),
                row.priority(),
                at,
                row.startedAt(),
                row.finishedAt(),
                row.cause(),
                row.exitCode());
    }

    /** A row of a task that passed at this moment. */
    static TaskRow finishedAt(TaskRow row, Instant at) {
        return new TaskRow(
                row.id(),
                row.owner(),
                TaskStatus.PASSED,
                Phase.DONE,
                row.image(),
                row.runtime(),
                row.caseId(),
                row.taskId(),
                row.role(),
                row.labels(),
                row.priority(),
                row.queuedAt(),
                row.startedAt(),
                at,
                row.cause(),
                row.exitCode());
    }

    @SafeVarargs
    private static <T> T one(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
