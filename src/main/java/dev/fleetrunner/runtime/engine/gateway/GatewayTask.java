package dev.fleetrunner.runtime.engine.gateway;

import dev.fleetrunner.contract.Resources;
import java.nio.file.Path;

/**
 * A task that gets an engine.
 *
 * @param taskId the runner's id of the task
 * @param directory what the task sees as {@code /run/fleet}; exists
 * @param images which its containers may use
 * @param budget what all its containers may have together: as much again as the task itself
 */
public record GatewayTask(String taskId, Path directory, AllowedImages images, Resources budget) {}
