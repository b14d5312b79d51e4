package dev.fleetrunner.pipeline;

import dev.fleetrunner.store.TaskRow;

/**
 * A task as callers see it while it lives and after.
 *
 * @param row what the index says
 * @param queuePosition how many go before it plus one; null if it does not wait here
 * @param progress what is being done for it right now, in words; null if there is nothing to tell
 */
public record TaskView(TaskRow row, Integer queuePosition, String progress) {}
