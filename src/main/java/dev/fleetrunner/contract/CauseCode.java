package dev.fleetrunner.contract;

import static dev.fleetrunner.contract.TaskStatus.ERROR;
import static dev.fleetrunner.contract.TaskStatus.FAILED;

/**
 * The closed list of reasons, the same on every runtime and through every door. Each says which status it leads to, one
 * line of remedy, and whether the same task may be tried again unchanged. {@code docs/troubleshooting.md} has a section
 * for each.
 */
public enum CauseCode {
    EXIT_NONZERO(FAILED, false, "read tests.failures if there are any, then the end of the log"),
    OOM_KILLED(FAILED, false, "raise resources.memory, or make the command use less"),
    RESOURCE_LIMIT(FAILED, false, "raise the limit that the message names, or make the command use less"),

    TIMEOUT(TaskStatus.TIMEOUT, false, "raise timeouts.overallSec, or find in the log what the command waited for"),
    CANCELLED(TaskStatus.CANCELLED, true, "submit it again if it is still wanted"),

    QUEUE_TIMEOUT(ERROR, true, "submit it again later, or raise timeouts.queueSec"),
    IMAGE_NOT_FOUND(ERROR, false, "check the name; build or load an image whose name begins with localhost/"),
    IMAGE_PULL_FAILED(ERROR, true, "read the engine's words in the message; check the registry and its credentials"),
    IMAGE_PULL_TIMEOUT(ERROR, true, "raise timeouts.imageSec, or pull the image on the engine beforehand"),
    COMMAND_NOT_FOUND(ERROR, false, "check cmd[0]: it must exist in the image and be executable by the task's user"),
    MOUNT_INVALID(ERROR, false, "check the mount that the message names"),
    POLICY_DENIED(ERROR, false, "ask for what the named rule allows, or ask the operator to change the rule"),
    SECRET_UNAVAILABLE(ERROR, true, "ask the operator for the secret that the message names, and submit it again"),
    UNSCHEDULABLE(ERROR, true, "ask for less, or wait until the cluster has room"),
    ENGINE_UNAVAILABLE(ERROR, true, "start the engine, or check fleet.runtime and the engine's socket"),
    ENGINE_FAILED(ERROR, true, "read the engine's words in the message, and the engine's own log"),
    RUNNER_RESTARTED(ERROR, true, "submit it again"),
    RUNNER_LOST(ERROR, true, "submit it again"),
    STORAGE_FULL(ERROR, true, "free disk space on the runner, or shorten its retention"),
    NOT_SUPPORTED(ERROR, false, "leave the named field at its default, or choose a runtime that supports it"),
    INTERNAL(ERROR, true, "submit it again; if it comes back, report it with the task's id and the service's log"),

    INVALID_SPEC(ERROR, false, "mend every field that is listed; /api/v1/schema/task-spec.json has them all"),
    INVALID_REQUEST(ERROR, false, "mend what the message names; /q/swagger-ui shows every call"),
    IDEMPOTENCY_MISMATCH(ERROR, false, "use a new Idempotency-Key for a different spec"),
    QUEUE_FULL(ERROR, true, "submit it again after the seconds in Retry-After"),
    NOT_FOUND(ERROR, false, "check the id; a task may have been removed by retention"),
    UNAUTHORIZED(ERROR, false, "send Authorization: Bearer TOKEN; the first token is in the data directory"),
    FORBIDDEN(ERROR, false, "use a token whose role may do this, or ask an admin for one");

    private final TaskStatus status;
    private final boolean retryable;
    private final String remedy;

    CauseCode(TaskStatus status, boolean retryable, String remedy) {
        this.status = status;
        this.retryable = retryable;
        this.remedy = remedy;
    }

    /** The status of a task that ends with this code. */
    public TaskStatus status() {
        return status;
    }

    /** Whether the same task may be tried again unchanged. */
    public boolean retryable() {
        return retryable;
    }

    /** What to do about it, in one line. */
    public String remedy() {
        return remedy;
    }

    /** A cause with this code and the facts of the case. */
    public Cause because(String message) {
        return new Cause(this, message, remedy, retryable);
    }
}
