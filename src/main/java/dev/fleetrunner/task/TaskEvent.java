package dev.fleetrunner.task;

import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.UsageSeries;
import java.time.Instant;

/** What is written down about a task. The journal keeps these and nothing else; all other views follow from them. */
public sealed interface TaskEvent {

    /** When it happened, by the runner's clock. */
    Instant at();

    /**
     * The task was accepted and waits.
     *
     * @param spec the spec as accepted, defaults filled in
     * @param owner the name of the token
     * @param idempotencyKey the caller's key, or null
     * @param specHash SHA-256 of the canonical spec, in hexadecimal
     * @param rerunOf the task whose spec this repeats, or null
     * @param grant what the policy gave it
     */
    record Submitted(
            Instant at,
            TaskSpec spec,
            String owner,
            String idempotencyKey,
            String specHash,
            String rerunOf,
            Grant grant)
            implements TaskEvent {
        public Submitted {
            // Journals of earlier versions have none.
            grant = grant == null ? Grant.NOTHING : grant;
        }
    }

    /**
     * Its turn has come: image, files and context are being made ready.
     *
     * @param runtime the runtime chosen
     * @param runtimeReason why that one
     */
    record Preparing(Instant at, String runtime, String runtimeReason) implements TaskEvent {}

    /**
     * The command runs.
     *
     * @param containerId the engine's id of the container
     * @param imageDigest the image that runs; null where the runtime does not tell
     * @param enforced the receipt
     */
    record Started(Instant at, String containerId, String imageDigest, Enforced enforced) implements TaskEvent {}

    /**
     * A runner that started goes on with what an earlier life of it, or another runner, had begun.
     *
     * @param runner the instance id of the one that goes on
     */
    record TakenOver(Instant at, String runner) implements TaskEvent {}

    /**
     * Somebody asked for its end; what follows is up to the phase it is in.
     *
     * @param by the name of the token that asked
     */
    record CancelRequested(Instant at, String by) implements TaskEvent {}

    /**
     * The command has ended; logs and artifacts are being brought in.
     *
     * @param exitCode the command's exit code; null if it had to be ended
     * @param usage while it ran, as far as its last runner saw it; null for one that was too quick to be measured
     */
    record Collecting(Instant at, Integer exitCode, UsageSeries usage) implements TaskEvent {}

    /** The task is over; nothing comes after it. */
    record Finished(Instant at, TaskResult result) implements TaskEvent {}
}
