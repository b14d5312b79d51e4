package dev.fleetrunner.task;

import dev.fleetrunner.contract.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When a task was in each phase, read from its history. */
public final class PhaseTimes {
    private PhaseTimes() {}

    /**
     * A phase that a task went through.
     *
     * @param to when the next one began; null while it lasts
     */
    public record Span(Phase phase, Instant from, Instant to) {

        /** How long it lasted, or has lasted by now. */
        public Duration until(Instant now) {
            Duration time = Duration.between(from, to == null ? now : to);
            return time.isNegative() ? Duration.ZERO : time;
        }
    }

    /** The phases in their order; the last one ends with the task, wherever it stood. None for an empty history. */
    public static List<Span> of(List<? extends TaskEvent> history) {
        List<Span> spans = new ArrayList<>();
        if (history.isEmpty()) {
            return spans;
        }
        Phase phase = Phase.QUEUED;
        Instant since = history.get(0).at();
        for (TaskEvent event : history) {
            Phase next = begins(event);
            if (next != null) {
                spans.add(new Span(phase, since, event.at()));
                phase = next;
                since = event.at();
            }
        }
        if (phase != Phase.DONE) {
            spans.add(new Span(phase, since, null));
        }
        return spans;
    }

    private static Phase begins(TaskEvent event) {
        if (event instanceof TaskEvent.Preparing) {
            return Phase.PREPARING;
        }
        if (event instanceof TaskEvent.Started) {
            return Phase.RUNNING;
        }
        if (event instanceof TaskEvent.Collecting) {
            return Phase.COLLECTING;
        }
        return event instanceof TaskEvent.Finished ? Phase.DONE : null;
    }
}
