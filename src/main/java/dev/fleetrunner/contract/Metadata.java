package dev.fleetrunner.contract;

import java.time.Instant;

/**
 * How, where and for whom a task ran.
 *
 * @param runtime the runtime's name; null if none was chosen
 * @param runtimeReason why that one; null if none was chosen
 * @param containerId the engine's id; null if there was no container
 * @param imageDigest the image that ran; null if there was none
 * @param queuedAt when it was accepted
 * @param startedAt when the command started; null if it never did
 * @param finishedAt when it ended
 * @param duration the command's time in seconds; 0 if it never started
 * @param cpuSeconds processor time; null if not known
 * @param peakMemoryBytes the most memory in use at once; null if not known
 * @param enforced the receipt; null if there was no container
 * @param owner the name of the token that submitted it
 * @param caseId of the caller's context, or null
 * @param taskId of the caller's context, or null
 */
public record Metadata(
        String runtime,
        String runtimeReason,
        String containerId,
        String imageDigest,
        Instant queuedAt,
        Instant startedAt,
        Instant finishedAt,
        double duration,
        Double cpuSeconds,
        Long peakMemoryBytes,
        Enforced enforced,
        String owner,
        String caseId,
        String taskId) {}
