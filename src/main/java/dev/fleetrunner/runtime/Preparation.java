package dev.fleetrunner.runtime;

/** What a runtime tells while it makes a container ready. */
public sealed interface Preparation {

    /**
     * There is no place for it yet. Does not count against the image's time limit; the pipeline bounds it by the queue's
     * and ends the task with {@code UNSCHEDULABLE}.
     *
     * @param detail the scheduler's words
     */
    record Waiting(String detail) implements Preparation {}

    /**
     * The image is being fetched; the image's time limit counts from the first to the last of these.
     *
     * @param detail the engine's words
     * @param currentBytes fetched so far; null if not known
     * @param totalBytes to fetch; null if not known
     */
    record Pulling(String detail, Long currentBytes, Long totalBytes) implements Preparation {}

    /**
     * The image is there; what follows counts no more against the image's time limit.
     *
     * @param digest of the image; null where the runtime does not know it yet
     */
    record ImagePresent(String digest) implements Preparation {}

    /**
     * The container can be started.
     *
     * @param containerId the engine's id
     */
    record Ready(String containerId) implements Preparation {}
}
