package dev.fleetrunner.logs;

/** Looks into a log store, for tests that look for leaks. */
public final class LogReaders {
    private LogReaders() {}

    /** How many readers wait for more of a task's log. */
    public static int waiting(LogStore logs, String taskId) {
        return logs.waiting(taskId);
    }
}
