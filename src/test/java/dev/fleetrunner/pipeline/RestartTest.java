package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.fake.FakeRuntime;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.runtime.fake.Step;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.task.TaskEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A runner that takes the place of an earlier one: on the same store, and on the same engine. */
class RestartTest extends WithRunner {
    private static final Script SPEAKS =
            Script.PASSES.withOutput(new Step.Write(LogStream.STDOUT, "here\n"), new Step.UntilStopped());

    private static List<String> prepared(FakeRuntime engine) {
        return engine.calls().stream()
                .filter(call -> call.what().equals("prepare"))
                .map(FakeRuntime.Call::taskId)
                .toList();
    }

    private static void awaitStart(Runner runner, String id) {
        await().atMost(SOON).until(() -> runner.events(id).contains("started"));
    }

    @Test
    void whatWaitedHasItsTurnsInTheOldOrder() {
        Runner old = runner(setup(0, Script.PASSES)).begin();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String spec = "{\"cmd\":[\"a\"],\"priority\":" + i % 3 + "}";
            ids.add(old.submit(i < 20 ? "busy" : "other" + i % 2, spec, null)
                    .task()
                    .row()
                    .id());
        }
        List<String> order = ids.stream()
                .sorted(Comparator.comparing(id -> old.tasks
                        .get(operator("alice"), id)
                        .await()
                        .atMost(SOON)
                        .queuePosition()))
                .toList();

        Runner fresh = runner(setup(1, Script.PASSES)).begin();
        fresh.awaitIdle();

        assertThat(prepared(fresh.engine)).isEqualTo(order);
        assertThat(prepared(old.engine)).isEmpty();
    }

    @Test
    void whatRunsIsTakenOver() {
        Runner old = runner(setup(1, SPEAKS)).begin();
        String running = old.submit(SPEC);
        awaitStart(old, running);
        await().atMost(SOON).until(() -> old.log(running).equals("here\n"));
        old.close();
        old.awaitIdle();
        old.engine.leave("01J0000000000000000000LOST", true);
        old.engine.leave("01J000000000000000000OTHER", false);

        Runner fresh = runner(setup(1, Script.PASSES).on(old.engine)).begin();
        await().atMost(SOON).until(() -> fresh.engine.openStreams() == 1);
        assertThat(fresh.engine.containers()).containsExactlyInAnyOrder(running, "01J000000000000000000OTHER");
        fresh.engine.end(running);

        TaskResult result = fresh.result(running);
        assertThat(result.status()).isEqualTo(TaskStatus.PASSED);
        assertThat(result.metadata().containerId()).isEqualTo("c1");
        assertThat(result.metadata().imageDigest()).isEqualTo("sha256:abc");
        assertThat(result.metadata().enforced()).isNotNull();
        assertThat(fresh.log(running)).isEqualTo("here\n");
        assertThat(fresh.events(running))
                .containsExactly("submitted", "preparing", "started", "taken-over", "collecting", "finished");
        assertThat(fresh.engine.containers()).containsExactly("01J000000000000000000OTHER");
    }

    @Test
    void whatRunsAndIsGoneEndsAndIsNotRunAgain() {
        Runner old = runner(setup(1, SPEAKS)).begin();
        String running = old.submit(SPEC);
        awaitStart(old, running);
        await().atMost(SOON).until(() -> old.log(running).equals("here\n"));
        old.close();
        old.engine.remove(new ContainerRef(running)).await().atMost(SOON);

        Runner fresh = runner(setup(1, Script.PASSES).on(old.engine)).begin();

        TaskResult result = fresh.result(running);
        assertThat(result.cause().code()).isEqualTo(CauseCode.RUNNER_RESTARTED);
        assertThat(result.cause().message()).contains("while the task was running");
        assertThat(result.exitCode()).isNull();
        assertThat(result.metadata().startedAt()).isNotNull();
        assertThat(result.metadata().enforced()).isNotNull();
        assertThat(result.captured().logBytes()).isEqualTo(5);
        assertThat(fresh.log(running)).isEqualTo("here\n");
        fresh.logs.follow(running, LogQuery.all()).collect().asList().await().atMost(SOON);
        assertThat(prepared(fresh.engine)).containsExactly(running);
    }

    @Test
    void whatWasBeingMadeReadyIsMadeReadyAgain() {
        Runner old =
                runner(setup(1, Script.PASSES.withPrepare(new Step.Hang()))).begin();
        String id = old.submit(SPEC);
        await().atMost(SOON).until(() -> prepared(old.engine).contains(id));
        old.close();

        Runner fresh = runner(setup(1, Script.PASSES)).begin();

        assertThat(fresh.result(id).status()).isEqualTo(TaskStatus.PASSED);
        assertThat(fresh.events(id))
                .containsExactly("submitted", "preparing", "taken-over", "started", "collecting", "finished");
    }

    @Test
    void aCancellationThatWasAllButWrittenDownIsStillOne() {
        Runner old =
                runner(setup(1, Script.PASSES.withPrepare(new Step.Hang()))).begin();
        String id = old.submit(SPEC);
        await().atMost(SOON).until(() -> prepared(old.engine).contains(id));
        old.journal.refuse(event -> event instanceof TaskEvent.Finished
                ? new StoreUnavailable(StoreUnavailable.Reason.CLOSED, "the runner dies now", null)
                : null);
        old.tasks.cancel(operator("alice"), id).await().atMost(SOON);
        old.awaitIdle();
        assertThat(old.logs.info(id).await().atMost(SOON).sealed()).isTrue();

        Runner fresh = runner(setup(1, Script.PASSES)).begin();

        assertThat(fresh.result(id).cause().code()).isEqualTo(CauseCode.CANCELLED);
        assertThat(fresh.result(id).cause().message()).isEqualTo("cancelled by alice");
    }

    @Test
    void whatWasStartedButNotWrittenDownIsTakenOver() {
        Runner old = runner(setup(1, SPEAKS));
        old.journal.refuse(event -> event instanceof TaskEvent.Started
                ? new StoreUnavailable(StoreUnavailable.Reason.CLOSED, "the runner dies now", null)
                : null);
        old.begin();
        String id = old.submit(SPEC);
        await().atMost(SOON).until(() -> old.engine.calls(id).contains("start"));
        old.close();

        Runner fresh = runner(setup(1, Script.PASSES).on(old.engine)).begin();
        await().atMost(SOON).until(() -> fresh.events(id).contains("started"));
        fresh.engine.end(id);

        assertThat(fresh.result(id).status()).isEqualTo(TaskStatus.PASSED);
        assertThat(fresh.log(id)).isEqualTo("here\n");
        assertThat(fresh.engine.calls(id).stream().filter("start"::equals)).hasSize(1);
        assertThat(fresh.events(id))
                .containsExactly("submitted", "preparing", "taken-over", "started", "collecting", "finished");
    }

    @Test
    void whatHadEndedKeepsItsExitCode() {
        Runner old = runner(setup(1, SPEAKS));
        old.journal.refuse(event -> event instanceof TaskEvent.Finished
                ? new StoreUnavailable(StoreUnavailable.Reason.CLOSED, "the runner dies now", null)
                : null);
        old.begin();
        String id = old.submit(SPEC);
        awaitStart(old, id);
        old.engine.end(id);
        old.awaitIdle();

        Runner fresh = runner(setup(1, Script.PASSES).on(old.engine)).begin();

        assertThat(fresh.result(id).status()).isEqualTo(TaskStatus.PASSED);
        assertThat(fresh.result(id).exitCode()).isZero();
        assertThat(fresh.log(id)).isEqualTo("here\n");
        assertThat(fresh.engine.containers()).isEmpty();
    }

    @Test
    void aCommandThatEndedInTimeWhileNobodyWasThereDidNotRunTooLong() {
        Script longAgo = SPEAKS.startedAgo(Duration.ofHours(2)).lasting(Duration.ofMinutes(1));
        Runner old = runner(setup(1, LASTS)).begin();
        String id = old.submit("{\"cmd\":[\"a\"],\"timeouts\":{\"overallSec\":3600}}");
        awaitStart(old, id);
        old.close();
        old.engine.put(id, longAgo);
        old.engine.end(id);

        Runner fresh = runner(setup(1, Script.PASSES).on(old.engine)).begin();

        assertThat(fresh.result(id).status()).isEqualTo(TaskStatus.PASSED);
    }

    @Test
    void whatRunsHasTimeToEndWhenTheServiceStops() {
        Runner old = runner(setup(1, SPEAKS)).begin();
        String running = old.submit(SPEC);
        String waiting = old.submit(SPEC);
        awaitStart(old, running);
        var left = Begun.now(old.pipeline.leave(SOON));
        old.engine.end(running);
        left.await().atMost(SOON);

        assertThat(old.tasks.result(operator("alice"), running).await().atMost(SOON))
                .isPresent();
        assertThat(old.engine.containers()).isEmpty();
        assertThat(prepared(old.engine)).containsExactly(running);
        assertThat(old.events(waiting)).containsExactly("submitted");
    }

    @Test
    void whatWaitedAndWasCancelledEnds() {
        Runner old = runner(setup(0, Script.PASSES)).begin();
        String id = old.submit(SPEC);
        old.journal.refuse(event -> new IllegalStateException("the runner dies now"));
        Runner fresh = runner(setup(0, Script.PASSES)).begin();

        fresh.tasks.cancel(operator("alice"), id).await().atMost(SOON);

        assertThat(fresh.result(id).status()).isEqualTo(TaskStatus.CANCELLED);
    }

    @Test
    void nothingIsCancelledBeforeItIsTakenUp() {
        Runner old = runner(setup(0, Script.PASSES)).begin();
        String id = old.submit(SPEC);
        Runner fresh = runner(setup(0, Script.PASSES));

        Refusal refusal =
                refused(() -> fresh.tasks.cancel(operator("alice"), id).await().atMost(SOON));

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.RUNNER_RESTARTED);
        assertThat(refusal.retryAfter()).isPositive();
        fresh.begin();
        fresh.tasks.cancel(operator("alice"), id).await().atMost(SOON);
        assertThat(fresh.result(id).status()).isEqualTo(TaskStatus.CANCELLED);
    }

    @Test
    void aSubmissionBeforeTheBeginningIsTakenUpOnce() {
        Runner runner = runner(setup(2, Script.PASSES));
        String early = runner.submit(SPEC);

        runner.begin();

        assertThat(runner.result(early).status()).isEqualTo(TaskStatus.PASSED);
        assertThat(prepared(runner.engine)).containsExactly(early);
    }

    @Test
    void anEngineThatIsDownAtTheBeginningIsSweptLater() {
        Runner old = runner(setup(1, LASTS)).begin();
        String running = old.submit("{\"cmd\":[\"a\"],\"artifacts\":{\"paths\":[\"/workspace/out\"]}}");
        awaitStart(old, running);
        old.engine.alive(false);

        Runner fresh = runner(setup(1, Script.PASSES).on(old.engine)).begin();
        TaskResult result = fresh.tasks
                .awaitResult(operator("alice"), running, SOON)
                .await()
                .atMost(SOON)
                .orElseThrow();
        assertThat(result.cause().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        assertThat(result.notes()).containsExactly("artifacts were not collected: the engine did not answer");
        assertThat(fresh.engine.containers()).containsExactly(running);

        fresh.engine.alive(true);
        fresh.pipeline.sweep().await().atMost(SOON);
        assertThat(fresh.engine.containers()).isEmpty();
    }

    @Test
    void theSweepLeavesRunningTasksAlone() {
        Runner runner = runner(setup(1, LASTS)).begin();
        String running = runner.submit(SPEC);
        awaitStart(runner, running);

        runner.pipeline.sweep().await().atMost(SOON);

        assertThat(runner.engine.containers()).containsExactly(running);
        runner.engine.end(running);
        assertThat(runner.result(running).status()).isEqualTo(TaskStatus.PASSED);
    }

    @Test
    void aRunnerThatWasThoughtDeadLeavesItsSuccessorAlone() {
        Runner old = runner(setup(1, SPEAKS)).begin();
        String running = old.submit(SPEC);
        String waiting = old.submit(SPEC);
        awaitStart(old, running);
        await().atMost(SOON).until(() -> old.log(running).equals("here\n"));

        Runner fresh = runner(setup(1, SPEAKS).on(old.engine)).begin();
        await().atMost(SOON).until(() -> fresh.engine.openStreams() == 2);
        fresh.engine.end(running);
        awaitStart(fresh, waiting);
        // The old one notices at its next event that it has lost its place.
        old.awaitIdle(0, 1);

        assertThat(fresh.tasks
                        .result(operator("alice"), running)
                        .await()
                        .atMost(SOON)
                        .orElseThrow()
                        .status())
                .isEqualTo(TaskStatus.PASSED);
        assertThat(fresh.events(running))
                .containsExactly("submitted", "preparing", "started", "taken-over", "collecting", "finished");
        assertThat(old.occupancy.waiting()).isZero();
        assertThat(fresh.engine.containers()).containsExactly(waiting);
        assertThat(refused(() -> old.submit(SPEC)).reason().code()).isEqualTo(CauseCode.INTERNAL);
        fresh.engine.end(waiting);
        assertThat(fresh.result(waiting).status()).isEqualTo(TaskStatus.PASSED);
        assertThat(fresh.log(waiting)).isEqualTo("here\n");
    }

    @Test
    void aRunnerThatWakesUpTooLateTouchesNothing() {
        Runner old = runner(setup(1, SPEAKS));
        String id = old.submit(SPEC);
        Runner fresh = runner(setup(1, SPEAKS).on(old.engine)).begin();
        awaitStart(fresh, id);

        old.begin();
        old.awaitIdle(0, 1);

        assertThat(prepared(fresh.engine)).containsExactly(id);
        assertThat(fresh.engine.containers()).containsExactly(id);
        fresh.engine.end(id);
        assertThat(fresh.result(id).status()).isEqualTo(TaskStatus.PASSED);
        assertThat(fresh.log(id)).isEqualTo("here\n");
        assertThat(fresh.events(id)).containsExactly("submitted", "preparing", "started", "collecting", "finished");
    }
}
