package dev.fleetrunner.files;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A directory for each task below a root: {@code <last two characters of the id>/<id>}. An id has no dot, so names with
 * one beside a task's directory are free for other use.
 *
 * @param root need not exist
 */
public record TaskDirectories(Path root) {
    /** What may be a name in the file system: no dots, no separators. */
    private static final Pattern TASK_ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    /** Returns the id if it can be one: 1 to 64 letters, digits, {@code _} and {@code -}. */
    public static String checked(String taskId) {
        if (taskId == null || !TASK_ID.matcher(taskId).matches()) {
            throw new IllegalArgumentException("not a task id");
        }
        return taskId;
    }

    /** Where the task's directory is; it need not exist. */
    public Path of(String taskId) {
        checked(taskId);
        return root.resolve(taskId.substring(Math.max(0, taskId.length() - 2))).resolve(taskId);
    }
}
