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
 * @param running tasks at once while pages are looked at
 * @param watchers of one log
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
        int takeoverLines,
        int running,
        int watchers) {
    private static final Size WHOLE = new Size(50, 5, 60, 200, 500, 100, 10, 10_000, 50, 400, 500, 200);
    private static final Size SMOKE = new Size(2, 1, 1, 16, 50, 10, 2, 300, 4, 75, 4, 5);

    static Size of(Map<String, String> environment) {
        Size usual = "1".equals(environment.get("FAST")) ? SMOKE : WHOLE;
        int runs = number(environment, "N", usual.runs());
        return new Size(
                runs,
                number(environment, "ROUNDS", Math.min(usual.rounds(), runs)),
                number(environment, "WARM", usual.warmUp()),
                usual.tasks(),
                usual.lines(),
                usual.logMiB(),
                usual.idleSeconds(),
                usual.queued(),
                usual.takenOver(),
                usual.takeoverLines(),
                usual.running(),
                usual.watchers());
    }

    private static int number(Map<String, String> environment, String name, int usual) {
        String given = environment.getOrDefault(name, "");
        if (given.isEmpty()) {
            return usual;
        }
        if (!given.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(name + " must be a number from 1 to 9999, and is " + given);
        }
        return Integer.parseInt(given);
    }
}
