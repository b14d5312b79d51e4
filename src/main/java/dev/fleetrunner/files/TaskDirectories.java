package dev.fleetrunner.files;

import dev.fleetrunner.async.Reading;
import io.smallrye.mutiny.Multi;
import java.nio.file.Path;
import java.util.concurrent.Executor;
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
        if (taskId == null || !isTaskId(taskId)) {
            throw new IllegalArgumentException("not a task id");
        }
        return taskId;
    }

    static boolean isTaskId(String name) {
        return TASK_ID.matcher(name).matches();
    }

    /** What there is below the root, in no order, read on the worker as it is asked for; nothing if there is no root. */
    public Multi<TaskFiles> walk(Executor worker) {
        return Multi.createFrom().publisher(Reading.of(worker, () -> new TaskFilesWalk(root)));
    }

    /** Where the task's directory is; it need not exist. */
    public Path of(String taskId) {
        checked(taskId);
        return root.resolve(taskId.substring(Math.max(0, taskId.length() - 2))).resolve(taskId);
    }
}
