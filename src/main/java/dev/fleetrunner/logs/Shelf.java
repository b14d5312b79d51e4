package dev.fleetrunner.logs;

import dev.fleetrunner.files.TaskDirectories;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** The logs that somebody reads or writes now; each is there once, and leaves with the last who used it. */
final class Shelf {
    private final TaskDirectories directories;
    private final Executor worker;
    private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();

    private record Slot(LogFile file, int users) {}

    Shelf(Path root, Executor worker) {
        directories = new TaskDirectories(root);
        this.worker = worker;
    }

    /** To be followed by one {@link #giveBack}. */
    LogFile take(String taskId) {
        return slots.compute(
                        taskId,
                        (id, slot) -> slot == null
                                ? new Slot(new LogFile(directories.of(id), worker), 1)
                                : new Slot(slot.file(), slot.users() + 1))
                .file();
    }

    /** As {@link #take}, if nobody else uses it. */
    Optional<LogFile> takeAlone(String taskId) {
        LogFile file = new LogFile(directories.of(taskId), worker);
        return slots.putIfAbsent(taskId, new Slot(file, 1)) == null ? Optional.of(file) : Optional.empty();
    }

    TaskDirectories directories() {
        return directories;
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
}
