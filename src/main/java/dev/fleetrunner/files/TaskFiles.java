package dev.fleetrunner.files;

import java.time.Instant;

/**
 * What lies in one directory of a task.
 *
 * @param taskId whose it is; the task need not be there any more
 * @param lastWritten when the newest file was written; {@link Instant#MIN} where there is none
 * @param bytes all files together
 */
public record TaskFiles(String taskId, Instant lastWritten, long bytes) {}
