package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static dev.fleetrunner.pipeline.Runner.OWNER;
import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.store.StoreUnavailable.Reason;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Multi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of submissions: queue, keys, a store in trouble, callers that leave. */
class SubmissionTest extends WithRunner {

    private static void refuseSubmissions(Runner runner, Reason reason) {
        runner.journal.refuse(event -> event instanceof TaskEvent.Submitted && reason != null
                ? new StoreUnavailable(reason, "no", null)
                : null);
    }

    @Test
    void aTaskThatWaitsTellsItsPosition() {
        Runner runner = runner(setup(0, Script.PASSES)).begin();

        assertThat(runner.submit("a", SPEC, null).task().queuePosition()).isEqualTo(1);
        assertThat(runner.submit("a", SPEC, null).task().queuePosition()).isEqualTo(2);
        assertThat(runner.submit("b", SPEC, null).task().queuePosition()).isEqualTo(2);
        assertThat(runner.occupancy.waiting()).isEqualTo(3);
    }

    @Test
    void aFullQueueRefusesForAWhile() {
        Runner runner = runner(setup(0, Script.PASSES).queueSize(2)).begin();
        String first = runner.submit(SPEC);
        runner.submit(SPEC);

        Refusal refusal = refused(() -> runner.submit(SPEC));

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.QUEUE_FULL);
        assertThat(refusal.retryAfter()).isPositive();
        runner.tasks.cancel(operator("alice"), first).await().atMost(SOON);
        await().atMost(SOON).until(() -> runner.occupancy.waiting() == 1);
        runner.submit(SPEC);
    }

    @Test
    void aRepeatIsAnsweredThoughTheQueueIsFull() {
        Runner runner = runner(setup(0, Script.PASSES).queueSize(1)).begin();
        Tasks.Accepted first = runner.submit(OWNER, SPEC, "key");

        Tasks.Accepted repeat = runner.submit(OWNER, SPEC, "key");

        assertThat(repeat.repeated()).isTrue();
        assertThat(repeat.task().row().id()).isEqualTo(first.task().row().id());
        assertThat(refused(() -> runner.submit(OWNER, labelled("other"), "key"))
                        .reason()
                        .code())
                .isEqualTo(CauseCode.IDEMPOTENCY_MISMATCH);
        assertThat(refused(() -> runner.submit(OWNER, SPEC, "key-2")).reason().code())
                .isEqualTo(CauseCode.QUEUE_FULL);
        assertThat(refused(() -> runner.submit("other", SPEC, "key")).reason().code())
                .isEqualTo(CauseCode.QUEUE_FULL);
    }

    @Test
    void aKeyWithAnotherSpecIsRefusedAndTakesNoPlace() {
        Runner runner = runner(setup(0, Script.PASSES).queueSize(2)).begin();
        runner.submit(OWNER, SPEC, "key");

        assertThat(refused(() -> runner.submit(OWNER, labelled("other"), "key"))
                        .reason()
                        .code())
                .isEqualTo(CauseCode.IDEMPOTENCY_MISMATCH);
        assertThat(runner.submit(OWNER, "{ \"cmd\" : [\"agent-task\"], \"priority\" : 0 }", "key")
                        .repeated())
                .isTrue();
        assertThat(runner.submit("other", SPEC, "key").repeated()).isFalse();
        assertThat(runner.occupancy.waiting()).isEqualTo(2);
    }

    @Test
    void aRepeatAfterTheEndGivesTheFirstTask() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        String id = runner.submit(OWNER, SPEC, "key").task().row().id();
        runner.result(id);

        Tasks.Accepted repeat = runner.submit(OWNER, SPEC, "key");

        assertThat(repeat.repeated()).isTrue();
        assertThat(repeat.task().row().id()).isEqualTo(id);
        assertThat(repeat.task().row().status()).isEqualTo(TaskStatus.PASSED);
    }

    @Test
    void fiftyAtOnceWithTheSameKeyAreOneTask() {
        Runner runner = runner(setup(2, Script.PASSES)).begin();
        byte[] spec = SPEC.getBytes(StandardCharsets.UTF_8);

        List<Tasks.Accepted> answers = Multi.createFrom()
                .range(0, 50)
                .onItem()
                .transformToUni(i -> runner.tasks.submit(operator(OWNER), spec, "key"))
                .merge(50)
                .collect()
                .asList()
                .await()
                .atMost(SOON);

        assertThat(answers).hasSize(50).filteredOn(answer -> !answer.repeated()).hasSize(1);
        assertThat(answers)
                .extracting(answer -> answer.task().row().id())
                .containsOnly(answers.get(0).task().row().id());
        runner.awaitIdle();
        assertThat(runner.tasks.counts(operator("alice")).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PASSED, 1L));
        assertThat(runner.engine.calls())
                .filteredOn(call -> call.what().equals("prepare"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"OVERLOADED, QUEUE_FULL, true", "STORAGE_FULL, STORAGE_FULL, true", "IO, INTERNAL, false"})
    void aStoreInTroubleRefusesAndThePlaceIsGivenBack(Reason reason, CauseCode code, boolean later) {
        Runner runner = runner(setup(0, Script.PASSES).queueSize(1)).begin();
        refuseSubmissions(runner, reason);

        Refusal refusal = refused(() -> runner.submit(SPEC));

        assertThat(refusal.reason().code()).isEqualTo(code);
        assertThat(refusal.retryAfter() != null).isEqualTo(later);
        assertThat(runner.occupancy.inHand()).isZero();
        assertThat(runner.tasks
                        .find(operator("alice"), TaskQuery.all(10))
                        .await()
                        .atMost(SOON)
                        .tasks())
                .isEmpty();
        refuseSubmissions(runner, null);
        assertThat(runner.submit(SPEC)).isNotNull();
    }

    @Test
    void aTaskWhoseCallerLeftRunsAllTheSame() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        runner.journal.slowDown(Duration.ofMillis(100));
        var leaving = runner.tasks
                .submit(operator(OWNER), SPEC.getBytes(StandardCharsets.UTF_8), null)
                .subscribe()
                .with(accepted -> {});
        await().atMost(SOON).until(() -> !runner.tasks
                .find(operator("alice"), TaskQuery.all(1))
                .await()
                .atMost(SOON)
                .tasks()
                .isEmpty());

        leaving.cancel();

        await().atMost(SOON).until(() -> runner.tasks
                .counts(operator("alice"))
                .await()
                .atMost(SOON)
                .containsKey(TaskStatus.PASSED));
        runner.awaitIdle();
    }

    @Test
    void aRerunIsANewTaskWithTheSameSpec() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        String id = runner.submit(OWNER, labelled("7"), "key").task().row().id();
        runner.result(id);

        Tasks.Accepted again = runner.tasks.rerun(operator("other"), id).await().atMost(SOON);

        String second = again.task().row().id();
        assertThat(second).isNotEqualTo(id);
        assertThat(again.task().row().owner()).isEqualTo("other");
        assertThat(runner.result(second).status()).isEqualTo(TaskStatus.PASSED);
        assertThat(runner.tasks.spec(operator("alice"), second).await().atMost(SOON))
                .isEqualTo(runner.tasks.spec(operator("alice"), id).await().atMost(SOON));
        var submitted = (TaskEvent.Submitted)
                ground.store.history(second).await().atMost(SOON).get(0).event();
        assertThat(submitted.rerunOf()).isEqualTo(id);
    }

    @Test
    void aTaskThatIsNotThereIsRefusedEverywhere() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        Tasks tasks = runner.tasks;
        List<ThrowingCallable> calls = List.of(
                () -> tasks.get(operator("alice"), "none").await().atMost(SOON),
                () -> tasks.spec(operator("alice"), "none").await().atMost(SOON),
                () -> tasks.result(operator("alice"), "none").await().atMost(SOON),
                () -> tasks.awaitResult(operator("alice"), "none", SOON).await().atMost(SOON),
                () -> tasks.cancel(operator("alice"), "none").await().atMost(SOON),
                () -> tasks.events(operator("alice"), "none", 0).await().atMost(SOON),
                () -> tasks.log(operator("alice"), "none").await().atMost(SOON),
                () -> tasks.rerun(operator(OWNER), "none").await().atMost(SOON));

        assertThat(calls)
                .allSatisfy(call -> assertThat(refused(call).reason().code()).isEqualTo(CauseCode.NOT_FOUND));
    }
}
