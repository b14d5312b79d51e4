package dev.fleetrunner.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.Samples;
import dev.fleetrunner.task.TaskLife.IllegalTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskLifeTest {
    private static final TaskEvent.Submitted SUBMITTED = Samples.submitted("ci", "key-1");
    private static final TaskEvent.Preparing PREPARING = Samples.preparing();
    private static final TaskEvent.Started STARTED = Samples.started();
    private static final TaskEvent.Collecting COLLECTING = Samples.collecting(0);
    private static final TaskEvent.CancelRequested CANCEL = Samples.cancelRequested("alice");
    private static final TaskEvent.TakenOver TAKEN_OVER = Samples.takenOver();
    private static final TaskEvent.Finished FINISHED = Samples.finished("t", TaskStatus.PASSED);
    private static final List<TaskEvent> EVENTS =
            List.of(SUBMITTED, PREPARING, STARTED, COLLECTING, CANCEL, TAKEN_OVER, FINISHED);

    /** A history that leads to each state; the one without events is before the task exists. */
    private static final Map<String, List<TaskEvent>> REACHED_BY = Map.of(
            "(none)", List.of(),
            "Queued", List.of(SUBMITTED),
            "Preparing", List.of(SUBMITTED, PREPARING),
            "Running", List.of(SUBMITTED, PREPARING, STARTED),
            "Collecting", List.of(SUBMITTED, PREPARING, STARTED, COLLECTING),
            "Done", List.of(SUBMITTED, FINISHED));

    /** The table of the Javadoc: state, event, next state. */
    private static final Map<String, Map<String, String>> ALLOWED = Map.of(
            "(none)", Map.of("Submitted", "Queued"),
            "Queued", Map.of("Preparing", "Preparing", "CancelRequested", "Queued", "Finished", "Done"),
            "Preparing",
                    Map.of(
                            "Started",
                            "Running",
                            "CancelRequested",
                            "Preparing",
                            "TakenOver",
                            "Preparing",
                            "Finished",
                            "Done"),
            "Running",
                    Map.of(
                            "Collecting",
                            "Collecting",
                            "CancelRequested",
                            "Running",
                            "TakenOver",
                            "Running",
                            "Finished",
                            "Done"),
            "Collecting", Map.of("CancelRequested", "Collecting", "TakenOver", "Collecting", "Finished", "Done"),
            "Done", Map.of());

    static Stream<Arguments> everyPair() {
        return REACHED_BY.keySet().stream()
                .flatMap(state -> EVENTS.stream().map(event -> Arguments.of(state, word(event), event)));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("everyPair")
    void followsTheTable(String from, String word, TaskEvent event) {
        TaskState state = TaskLife.fold(REACHED_BY.get(from));
        String to = ALLOWED.get(from).get(word);

        if (to == null) {
            assertThatThrownBy(() -> TaskLife.after(state, event))
                    .isInstanceOf(IllegalTransition.class)
                    .hasMessage(word + " cannot follow in " + from);
        } else {
            assertThat(word(TaskLife.after(state, event))).isEqualTo(to);
        }
    }

    @Test
    void anEmptyHistoryIsNoTask() {
        assertThat(TaskLife.fold(List.of())).isNull();
    }

    @Test
    void aWholeLifeKeepsWhatIsTrueInEachState() {
        TaskState.Collecting collecting =
                (TaskState.Collecting) TaskLife.fold(List.of(SUBMITTED, PREPARING, STARTED, COLLECTING));
        assertThat(collecting)
                .isEqualTo(new TaskState.Collecting(SUBMITTED, PREPARING, STARTED, COLLECTING.at(), 0, null));

        TaskState.Done done = (TaskState.Done) TaskLife.after(collecting, FINISHED);
        assertThat(done).isEqualTo(new TaskState.Done(SUBMITTED, FINISHED.result()));
        assertThat(done.status()).isEqualTo(TaskStatus.PASSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"QUEUED", "PREPARING", "RUNNING", "COLLECTING"})
    void theFirstWhoAskedForTheEndIsRemembered(Phase phase) {
        List<TaskEvent> history = new ArrayList<>(List.of(SUBMITTED, PREPARING, STARTED, COLLECTING));
        List<TaskEvent> before = history.subList(0, phase.ordinal() + 1);

        TaskState once = TaskLife.after(TaskLife.fold(before), CANCEL);
        TaskState twice = TaskLife.after(once, Samples.cancelRequested("bob"));

        assertThat(once.phase()).isEqualTo(phase);
        assertThat(twice).isEqualTo(once);
        assertThat(twice.cancelRequestedBy()).isEqualTo("alice");
    }

    @Test
    void aCancelIsCarriedIntoTheNextStates() {
        TaskState state = TaskLife.fold(List.of(SUBMITTED, CANCEL, PREPARING, STARTED, COLLECTING));

        assertThat(state.phase()).isEqualTo(Phase.COLLECTING);
        assertThat(state.cancelRequestedBy()).isEqualTo("alice");
    }

    @Test
    void statusFollowsThePhaseUntilTheEnd() {
        assertThat(TaskLife.fold(REACHED_BY.get("Queued")).status()).isEqualTo(TaskStatus.PENDING);
        for (String state : List.of("Preparing", "Running", "Collecting")) {
            assertThat(TaskLife.fold(REACHED_BY.get(state)).status()).isEqualTo(TaskStatus.RUNNING);
        }
    }

    private static String word(Object eventOrState) {
        return eventOrState.getClass().getSimpleName();
    }
}
