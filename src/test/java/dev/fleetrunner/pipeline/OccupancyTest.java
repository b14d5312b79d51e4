package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Callers;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.pipeline.Containers.Orphaned;
import dev.fleetrunner.pipeline.Occupancy.Waiting;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.PhaseTimes;
import dev.fleetrunner.task.PhaseTimes.Span;
import dev.fleetrunner.task.TaskEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs, what waits, what is left over, and what is written down of a task. */
class OccupancyTest extends WithRunner {
    private static final Caller QA = Callers.of("qa", AccessRole.AGENT);
    private static final Caller OPS = operator("ops");

    private List<String> waiting(Runner runner, Caller caller, int limit) {
        return runner.occupancy.waiting(caller, limit).stream()
                .map(task -> task.row().owner() + " " + task.position())
                .toList();
    }

    @Test
    void theQueueIsToldInItsOrderAndToAgentsOnlyTheirOwn() {
        Runner runner = runner(setup(0, LASTS)).begin();
        runner.submit("ci", SPEC, null);
        runner.submit("ci", SPEC, null);
        String theirs = runner.submit("qa", SPEC, null).task().row().id();

        assertThat(waiting(runner, OPS, 10)).containsExactly("ci 1", "qa 2", "ci 3");
        assertThat(waiting(runner, OPS, 1)).containsExactly("ci 1");
        assertThat(runner.occupancy.waiting(QA, 10))
                .extracting(Waiting::position, task -> task.row().id())
                .containsExactly(tuple(2, theirs));
        assertThat(runner.occupancy.places()).isZero();
        assertThat(runner.occupancy.waiting()).isEqualTo(3);
    }

    @Test
    void whatIsLeftOverIsFoundAndRemovedByThoseWhoMay() {
        Runner runner = runner(setup(1, LASTS)).begin();
        String running = runner.submit(SPEC);
        runner.engine.leave("left-over", true);
        runner.engine.leave("foreign", false);
        await().atMost(SOON).until(() -> runner.engine.containers().contains(running));

        assertThat(runner.pipeline.containers().orphaned(OPS).await().atMost(SOON))
                .extracting(Orphaned::taskId, Orphaned::runtime, Orphaned::createdAt)
                .containsExactly(tuple("left-over", "fake", Instant.EPOCH));
        assertThat(runner.pipeline.containers().orphaned(QA).await().atMost(SOON))
                .isEmpty();
        assertThat(refused(() -> remove(runner, QA, "left-over")).reason().code())
                .isEqualTo(CauseCode.FORBIDDEN);
        assertThat(refused(() -> remove(runner, OPS, running)).reason().code()).isEqualTo(CauseCode.NOT_FOUND);
        assertThat(refused(() -> remove(runner, OPS, "foreign")).reason().code())
                .isEqualTo(CauseCode.NOT_FOUND);

        remove(runner, OPS, "left-over");

        assertThat(runner.engine.containers()).containsExactlyInAnyOrder(running, "foreign");
        runner.engine.lose(new ContainerRef("foreign"));
        runner.engine.end(running);
        runner.result(running);
    }

    private static void remove(Runner runner, Caller caller, String taskId) {
        runner.pipeline.containers().remove(caller, taskId).await().atMost(SOON);
    }

    @Test
    void anEngineThatDoesNotAnswerHasNothingLeftOver() {
        Runner runner = runner(setup(1, LASTS)).begin();
        runner.engine.leave("left-over", true);
        runner.engine.alive(false);

        assertThat(runner.pipeline.containers().orphaned(OPS).await().atMost(SOON))
                .isEmpty();
    }

    @Test
    void aStoryHasEverythingThatIsWrittenDownAndWhatWasMeasured() {
        Runner runner = runner(setup(1, LASTS)).begin();
        String id = runner.submit(SPEC);
        await().atMost(SOON)
                .until(() -> story(runner, id).view().row().phase() == Phase.RUNNING
                        && story(runner, id).usage() != null);
        Story running = story(runner, id);
        assertThat(running.result()).isEmpty();
        assertThat(running.usage().memoryBytes()).containsExactly(1L << 20);

        runner.engine.end(id);
        runner.result(id);

        Story over = story(runner, id);
        assertThat(over.usage()).isEqualTo(running.usage());
        assertThat(over.result()).isPresent();
        assertThat(over.submitted().owner()).isEqualTo(Runner.OWNER);
        assertThat(over.last(TaskEvent.Collecting.class).orElseThrow().exitCode())
                .isZero();
        assertThat(PhaseTimes.of(over.events().stream().map(StoredEvent::event).toList()))
                .extracting(Span::phase)
                .containsExactly(Phase.QUEUED, Phase.PREPARING, Phase.RUNNING, Phase.COLLECTING);
        assertThat(refused(() -> runner.tasks.story(QA, id).await().atMost(SOON))
                        .reason()
                        .code())
                .isEqualTo(CauseCode.NOT_FOUND);
        assertThat(refused(() -> runner.tasks.story(OPS, "none").await().atMost(SOON))
                        .reason()
                        .code())
                .isEqualTo(CauseCode.NOT_FOUND);
    }

    private static Story story(Runner runner, String id) {
        return runner.tasks.story(OPS, id).await().atMost(SOON);
    }
}
