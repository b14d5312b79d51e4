package dev.fleetrunner.cli.task;

import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Answer;
import dev.fleetrunner.cli.rest.Service;
import dev.fleetrunner.cli.rest.Unreachable;
import java.time.Duration;

/** Waits for the end of a task. */
public final class Waiting {
    private static final long LONGEST_SEC = 60;

    private final Service service;
    private final String id;
    private final Patience patience = new Patience();

    /** For a task of a service. */
    public Waiting(Service service, String id) {
        this.service = service;
        this.id = id;
    }

    /** The result, as long as it takes. */
    public Answer result() {
        return within(Duration.ofDays(3660));
    }

    /** The result, or the task's state (of status 202) when the time is over. */
    public Answer within(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        // A service that was never there is not waited for.
        Answer answer = ask(0);
        for (long left = left(end); answer.status() == 202 && left > 0; left = left(end)) {
            answer = askPatiently(Math.min(LONGEST_SEC, left));
        }
        return answer;
    }

    private Answer askPatiently(long seconds) {
        while (true) {
            try {
                Answer answer = ask(seconds);
                patience.renew();
                return answer;
            } catch (Unreachable away) {
                patience.afterFailure(away);
            }
        }
    }

    private Answer ask(long seconds) {
        return service.get(Address.ofTask(id, "/result").with("wait", seconds == 0 ? null : seconds));
    }

    private static long left(long end) {
        return (end - System.nanoTime() + 999_999_999L) / 1_000_000_000L;
    }
}
