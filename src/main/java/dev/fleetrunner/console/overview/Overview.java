package dev.fleetrunner.console.overview;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What goes on right now.
 *
 * @param title how many run and wait, for the page's title
 * @param running the oldest first, not all if there are many
 * @param moreRunning how many are not shown
 * @param started how many run, of those that the caller sees
 * @param places how many may run at once
 * @param waiting the next ones
 * @param queued how many wait, of those that the caller sees
 * @param moreWaiting how many are not shown
 * @param today what ended since midnight, UTC
 * @param disk what is left
 */
public record Overview(
        String title,
        List<RunningCard> running,
        long moreRunning,
        int started,
        int places,
        List<WaitingLine> waiting,
        long queued,
        long moreWaiting,
        List<Count> today,
        List<RuntimeLine> runtimes,
        Disk disk) {
    /** The order in which people ask. */
    private static final List<TaskStatus> ENDS =
            List.of(TaskStatus.PASSED, TaskStatus.FAILED, TaskStatus.ERROR, TaskStatus.TIMEOUT, TaskStatus.CANCELLED);

    /**
     * How many tasks ended in one way.
     *
     * @param link to their list
     */
    public record Count(String status, String mark, long count, String link) {

        static List<Count> of(Map<TaskStatus, Long> ended) {
            return ENDS.stream()
                    .map(status -> new Count(
                            status.word(),
                            Words.mark(status),
                            ended.getOrDefault(status, 0L),
                            "/tasks?status=" + status.word()))
                    .toList();
        }
    }

    /**
     * The disk under the data directory.
     *
     * @param left in words
     * @param refusing whether new tasks are refused for it
     */
    public record Disk(String left, boolean refusing) {

        static Disk of(DiskBrake brake) {
            OptionalLong free = brake.freeBytes();
            return new Disk(free.isPresent() ? Words.bytes(free.getAsLong()) : "unknown", brake.holds());
        }
    }

    /** Whether any runtime is up. */
    public boolean up() {
        return runtimes.stream().anyMatch(RuntimeLine::up);
    }

    /** The midnight that today's counts begin at. */
    static Instant midnight(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS);
    }
}
