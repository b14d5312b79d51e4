package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static dev.fleetrunner.pipeline.Runner.OWNER;
import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.store.TaskQuery;
import org.junit.jupiter.api.Test;

/** What a runner does while its disk is nearly full. */
class LowDiskTest extends WithRunner {
    private static void disk(Runner runner, long free) {
        runner.free = free;
        runner.brake.look().await().atMost(SOON);
    }

    @Test
    void newWorkIsRefusedBeforeAnythingIsWritten() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        Tasks.Accepted first = runner.submit(OWNER, SPEC, "key");
        String id = first.task().row().id();
        runner.result(id);
        disk(runner, 0);

        Refusal refusal = refused(() -> runner.submit(OWNER, SPEC, "other"));

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.STORAGE_FULL);
        assertThat(refusal.retryAfter()).isPositive();
        assertThat(refused(() -> runner.tasks.rerun(operator(OWNER), id).await().atMost(SOON))
                        .reason()
                        .code())
                .isEqualTo(CauseCode.STORAGE_FULL);
        assertThat(runner.tasks
                        .find(operator("alice"), TaskQuery.all(10))
                        .await()
                        .atMost(SOON)
                        .tasks())
                .hasSize(1);
        assertThat(runner.submit(OWNER, SPEC, "key").task().row().id()).isEqualTo(id);
        assertThat(refused(() -> runner.submit(OWNER, "{}", null)).reason().code())
                .isEqualTo(CauseCode.INVALID_SPEC);

        disk(runner, Long.MAX_VALUE);
        assertThat(runner.submit(OWNER, SPEC, "other").repeated()).isFalse();
    }

    @Test
    void whatRunsGoesOnAndWhatWaitsWaits() {
        Runner runner = runner(setup(2, LASTS)).begin();
        String running = runner.submit(SPEC);
        runner.awaitIdle(1, 1);
        disk(runner, 0);
        assertThat(runner.occupancy.running(operator("alice"))).hasSize(1);

        runner.tasks.cancel(operator("alice"), running).await().atMost(SOON);

        assertThat(runner.result(running).status()).isEqualTo(TaskStatus.CANCELLED);
    }

    @Test
    void whatWaitedInAnEarlierLifeWaitsForRoom() {
        Runner before = runner(setup(0, Script.PASSES)).begin();
        String id = before.submit(SPEC);
        before.close();
        Runner runner = runner(setup(1, Script.PASSES));
        disk(runner, 0);
        runner.begin();
        assertThat(runner.occupancy.waiting()).isEqualTo(1);
        assertThat(runner.occupancy.running(operator("alice"))).isEmpty();

        disk(runner, Long.MAX_VALUE);

        assertThat(runner.result(id).status()).isEqualTo(TaskStatus.PASSED);
    }

    @Test
    void whoWaitsTooLongForRoomIsToldSo() {
        Runner before = runner(setup(0, Script.PASSES)).begin();
        String id = before.submit("{\"cmd\":[\"agent-task\"],\"timeouts\":{\"queueSec\":1}}");
        before.close();
        Runner runner = runner(setup(1, Script.PASSES));
        disk(runner, 0);

        runner.begin();

        assertThat(runner.result(id).cause().code()).isEqualTo(CauseCode.QUEUE_TIMEOUT);
    }
}
