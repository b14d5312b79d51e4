package dev.fleetrunner.runtime;

/**
 * Names a task's container on its runtime.
 *
 * @param taskId the runner's id of the task; enough to find the container, as there is one a task
 */
public record ContainerRef(String taskId) {}
