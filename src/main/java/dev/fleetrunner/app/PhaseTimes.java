package dev.fleetrunner.app;

import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.task.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long a task was in each phase, read from its history. */
final class PhaseTimes {
    private PhaseTimes() {}

    /** None for a task that is forgotten already. The phases that the task went through; the last one ends with the task, wherever it stood. */
    static Map<Phase, Duration> of(List<TaskEvent> history) {
        Map<Phase, Duration> times = new EnumMap<>(Phase.class);
        if (history.isEmpty()) {
            // Retention was faster.
            return times;
        }
        Phase phase = Phase.QUEUED;
        Instant since = history.get(0).at();
        for (TaskEvent event : history) {
            Phase next = begins(event);
            if (next != null) {
                Duration time = Duration.between(since, event.at());
                times.put(phase, time.isNegative() ? Duration.ZERO : time);
                phase = next;
                since = event.at();
            }
        }
        return times;
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
