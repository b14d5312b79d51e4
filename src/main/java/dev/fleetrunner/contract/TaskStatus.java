package dev.fleetrunner.contract;

import java.util.Locale;

/** What became of a task, in one word. */
public enum TaskStatus {
    PENDING,
    RUNNING,
    /** The command ended with exit code 0. */
    PASSED,
    /** The task's own doing: a non-zero exit, its memory, its disk, its pids. */
    FAILED,
    /** The runner, the engine or the spec's image or command could not do their part. */
    ERROR,
    TIMEOUT,
    CANCELLED;

    /** Whether nothing comes after it. */
    public boolean terminal() {
        return this != PENDING && this != RUNNING;
    }

    /** The word of the contract, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status for a word of the contract.
     *
     * @throws IllegalArgumentException for any other word
     */
    public static TaskStatus of(String word) {
        for (TaskStatus status : values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
