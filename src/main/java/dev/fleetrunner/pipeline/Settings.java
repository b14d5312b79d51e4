package dev.fleetrunner.pipeline;

import java.time.Duration;

/**
 * What the operator sets of the pipeline.
 *
 * @param defaultImage for specs that name none
 * @param maxConcurrent how many tasks run at once
 * @param queueSize how many tasks wait at most
 * @param logBytes how much of a task's output is kept
 * @param stopLimit how long an engine may take to end a container after KILL before the task is given up,
 *     and to remove it before another attempt is made
 * @param engineReturn how long a task waits for an engine that went away while its container runs
 * @param collectLimit how long collecting the artifacts of a task may take before they are given up
 */
public record Settings(
        String defaultImage,
        int maxConcurrent,
        int queueSize,
        long logBytes,
        Duration stopLimit,
        Duration engineReturn,
        Duration collectLimit) {}
