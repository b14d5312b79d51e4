package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.runtime.fake.Step;
import org.junit.jupiter.api.Test;

/** An engine that goes away while a task runs. */
class EngineLossTest extends WithRunner {
    private static final Script LOSES_ITS_ENGINE = Script.PASSES.withOutput(
            new Step.Write(LogStream.STDOUT, "before\n"),
            new Step.Die(),
            new Step.Write(LogStream.STDOUT, "after\n"),
            new Step.UntilStopped());

    private String lost(Runner runner) {
        String id = runner.submit(SPEC);
        await().atMost(SOON).until(() -> runner.log(id).equals("before\n"));
        await().atMost(SOON).until(() -> runner.engine.calls(id).contains("adopt"));
        return id;
    }

    @Test
    void itsReturnIsWaitedForAndNoLineIsLostOrDoubled() {
        Runner runner = runner(setup(1, LOSES_ITS_ENGINE).engineReturn(SOON)).begin();
        String id = lost(runner);
        assertThat(runner.tasks.get(operator("alice"), id).await().atMost(SOON).progress())
                .contains("engine");

        runner.engine.alive(true);
        await().atMost(SOON).until(() -> runner.log(id).equals("before\nafter\n"));
        runner.engine.end(id);

        TaskResult result = runner.result(id);
        assertThat(result.status()).isEqualTo(TaskStatus.PASSED);
        assertThat(runner.log(id)).isEqualTo("before\nafter\n");
        assertThat(runner.engine.containers()).isEmpty();
        assertThat(runner.events(id)).containsExactly("submitted", "preparing", "started", "collecting", "finished");
    }

    @Test
    void oneThatComesBackWithoutTheContainerEndsTheTask() {
        Runner runner = runner(setup(1, LOSES_ITS_ENGINE).engineReturn(SOON)).begin();
        String id = lost(runner);

        runner.engine.lose(new ContainerRef(id));
        runner.engine.alive(true);

        TaskResult result = runner.result(id);
        assertThat(result.cause().code()).isEqualTo(CauseCode.ENGINE_FAILED);
        assertThat(result.cause().message()).contains("without the container");
    }

    @Test
    void oneThatIsCancelledMeanwhileIsEndedWhenItIsBack() {
        Runner runner = runner(setup(1, LOSES_ITS_ENGINE).engineReturn(SOON)).begin();
        String id = lost(runner);

        runner.tasks.cancel(operator("alice"), id).await().atMost(SOON);
        runner.engine.alive(true);

        assertThat(runner.result(id).status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(runner.engine.containers()).isEmpty();
    }

    @Test
    void oneThatDoesNotComeBackEndsTheTaskWithItsCause() {
        Runner runner = runner(setup(1, LOSES_ITS_ENGINE)).begin();

        TaskResult result = runner.result(runner.submit(SPEC));

        assertThat(result.cause().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        assertThat(result.exitCode()).isNull();
    }
}
