package dev.fleetrunner.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.task.PhaseTimes.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PhaseTimesTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static Instant second(int second) {
        return START.plusSeconds(second);
    }

    private static final TaskEvent SUBMITTED =
            new TaskEvent.Submitted(second(0), null, "ci", null, "hash", null, Grant.NOTHING);
    private static final TaskEvent PREPARING = new TaskEvent.Preparing(second(1), "podman", "named");
    private static final TaskEvent STARTED = new TaskEvent.Started(second(3), "c", null, null);
    private static final TaskEvent CANCEL = new TaskEvent.CancelRequested(second(5), "ci");
    private static final TaskEvent COLLECTING = new TaskEvent.Collecting(second(7), 0, null);

    private static TaskEvent finished(int at) {
        return new TaskEvent.Finished(second(at), null);
    }

    private static Map<Phase, Duration> times(List<TaskEvent> history) {
        return PhaseTimes.of(history).stream()
                .collect(
                        Collectors.toMap(Span::phase, span -> span.until(second(20)), (a, b) -> a, LinkedHashMap::new));
    }

    @Test
    void measuresAllPhases() {
        assertThat(times(List.of(SUBMITTED, PREPARING, STARTED, CANCEL, COLLECTING, finished(12))))
                .isEqualTo(Map.of(
                        Phase.QUEUED, Duration.ofSeconds(1),
                        Phase.PREPARING, Duration.ofSeconds(2),
                        Phase.RUNNING, Duration.ofSeconds(4),
                        Phase.COLLECTING, Duration.ofSeconds(5)));
    }

    @Test
    void endsThePhaseInWhichTheTaskEnded() {
        assertThat(times(List.of(SUBMITTED, finished(2)))).isEqualTo(Map.of(Phase.QUEUED, Duration.ofSeconds(2)));
        assertThat(times(List.of(SUBMITTED, PREPARING, finished(4))))
                .isEqualTo(Map.of(Phase.QUEUED, Duration.ofSeconds(1), Phase.PREPARING, Duration.ofSeconds(3)));
    }

    @Test
    void takesAClockThatWentBackForNoTime() {
        assertThat(times(List.of(SUBMITTED, finished(-5)))).isEqualTo(Map.of(Phase.QUEUED, Duration.ZERO));
    }

    @Test
    void thePhaseThatLastsHasNoEnd() {
        assertThat(PhaseTimes.of(List.of(SUBMITTED, PREPARING)))
                .containsExactly(
                        new Span(Phase.QUEUED, second(0), second(1)), new Span(Phase.PREPARING, second(1), null));
        assertThat(times(List.of(SUBMITTED, PREPARING))).containsEntry(Phase.PREPARING, Duration.ofSeconds(19));
        assertThat(PhaseTimes.of(List.of())).isEmpty();
    }
}
