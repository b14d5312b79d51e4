package dev.fleetrunner.logs;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** The logs that somebody reads or writes now; each is there once, and leaves with the last who used it. */
final class Shelf {
    /** What may be a name in the file system: no dots, no separators. */
    private static final Pattern TASK_ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    private final Path root;
    private final Executor worker;
    private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();

    private record Slot(LogFile file, int users) {}

    Shelf(Path root, Executor worker) {
        this.root = root;
        this.worker = worker;
    }

    /** Returns the id if it can be one. */
    static String checked(String taskId) {
        if (taskId == null || !TASK_ID.matcher(taskId).matches()) {
            throw new IllegalArgumentException("not a task id");
        }
        return taskId;
    }

    /** To be followed by one {@link #giveBack}. */
    LogFile take(String taskId) {
        return slots.compute(
                        taskId,
                        (id, slot) -> slot == null
                                ? new Slot(new LogFile(directory(id), worker), 1)
                                : new Slot(slot.file(), slot.users() + 1))
                .file();
    }

    void giveBack(String taskId, LogFile file) {
        slots.computeIfPresent(taskId, (id, slot) -> {
            if (slot.file() != file) {
                return slot;
            }
            return slot.users() == 1 ? null : new Slot(file, slot.users() - 1);
        });
    }

    /** Lets the next user find a fresh one. */
    void forget(String taskId) {
        slots.remove(taskId);
    }

    int size() {
        return slots.size();
    }

    private Path directory(String taskId) {
        return root.resolve(taskId.substring(Math.max(0, taskId.length() - 2))).resolve(taskId);
    }
}
