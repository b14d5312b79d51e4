package dev.fleetrunner.bench;

import java.util.Map;

/**
 * How much is done; a smoke run does little of everything, and its figures mean nothing.
 *
 * @param runs of what is repeated
 * @param rounds of what takes long
 * @param warmUp tasks before the clock counts
 * @param tasks of the throughput
 * @param lines of the latency
 * @param logMiB of the large log
 * @param idleSeconds before memory is read
 * @param queued tasks in the long queue
 * @param takenOver tasks that run when the service is killed
 * @param takeoverLines that each of those writes, five a second
 */
record Size(
        int runs,
        int rounds,
        int warmUp,
        int tasks,
        int lines,
        int logMiB,
        int idleSeconds,
        int queued,
        int takenOver,
        int takeoverLines) {
    private static final Size WHOLE = new Size(50, 5, 60, 200, 500, 100, 10, 10_000, 50, 400);
    private static final Size SMOKE = new Size(2, 1, 1, 16, 50, 10, 2, 300, 4, 75);

    static Size of(Map<String, String> environment) {
        Size size = "1".equals(environment.get("FAST")) ? SMOKE : WHOLE;
        String runs = environment.getOrDefault("N", "");
        if (runs.isEmpty()) {
            return size;
        }
        if (!runs.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("N must be a number from 1 to 9999, and is " + runs);
        }
        return size.withRuns(Integer.parseInt(runs));
    }

    private Size withRuns(int count) {
        return new Size(
                count,
                Math.min(rounds, count),
                warmUp,
                tasks,
                lines,
                logMiB,
                idleSeconds,
                queued,
                takenOver,
                takeoverLines);
    }
}
