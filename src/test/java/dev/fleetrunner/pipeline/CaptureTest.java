package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.runtime.fake.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of artifacts when something else goes wrong. */
class CaptureTest extends WithRunner {
    private static final String LEAVES = "{\"cmd\":[\"agent-task\"],\"artifacts\":{\"paths\":[\"/workspace/out\"]}}";
    private static final Script PASSES = Script.PASSES.withFiles(Map.of("/workspace/out/a.txt", "content"));

    @Test
    void theFilesAreThereForAsLongAsTheTaskIs() {
        Runner runner = runner(setup(1, PASSES)).begin();

        String id = runner.submit(LEAVES);
        runner.result(id);

        assertThat(runner.tasks.artifacts(operator("alice"), id).await().atMost(Runner.SOON))
                .singleElement()
                .satisfies(file -> assertThat(file.path()).isEqualTo("workspace/out/a.txt"));
        var text = new ByteArrayOutputStream();
        runner.tasks
                .artifact(operator("alice"), id, "workspace/out/a.txt")
                .await()
                .atMost(Runner.SOON)
                .read(0, 100)
                .collect()
                .asList()
                .await()
                .atMost(Runner.SOON)
                .forEach(piece -> text.writeBytes(piece.getBytes()));
        assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo("content");
        Refusal none = refused(() ->
                runner.tasks.artifact(operator("alice"), id, "none").await().atMost(Runner.SOON));
        assertThat(none.reason().code()).isEqualTo(CauseCode.NOT_FOUND);
        assertThat(none.reason().message()).contains(id).contains("none");
        Refusal noTask = refused(
                () -> runner.tasks.artifacts(operator("alice"), "none").await().atMost(Runner.SOON));
        assertThat(noTask.reason().code()).isEqualTo(CauseCode.NOT_FOUND);
    }

    @Test
    void anOwnDiskThatCannotBeWrittenIsANote() throws IOException {
        Files.writeString(Path.of(ground.directory.toString(), "artifacts"), "in the way");
        Runner runner = runner(setup(1, PASSES)).begin();

        TaskResult result = runner.result(runner.submit(LEAVES));

        assertThat(result.status()).isEqualTo(TaskStatus.PASSED);
        assertThat(result.captured().artifacts()).isEmpty();
        assertThat(result.notes())
                .singleElement()
                .asString()
                .startsWith("artifacts could not be kept, the runner cannot write them: ");
    }

    @Test
    void whatWasCollectedBeforeACrashIsNotAskedForAgain() {
        Runner runner = runner(setup(1, PASSES)).begin();
        String id = runner.submit(LEAVES);
        TaskResult first = runner.result(id);

        var again = runner.artifacts
                .collect(
                        id,
                        java.util.List.of("/workspace/out"),
                        path -> {
                            throw new AssertionError("asked for " + path);
                        },
                        failure -> false)
                .await()
                .atMost(Runner.SOON);

        assertThat(again.artifacts()).isEqualTo(first.captured().artifacts());
    }

    @Test
    void theTimeOfCollectingIsNotTheCommands() {
        Script slow = Script.PASSES.withOutput(new Step.UntilStopped()).withFiles(Map.of(), new Step.Hang());
        Runner runner =
                runner(setup(1, slow).collectLimit(Duration.ofMillis(1500))).begin();

        String id = runner.submit(LEAVES);
        org.awaitility.Awaitility.await().until(() -> runner.events(id).contains("started"));
        runner.engine.end(id);
        TaskResult result = runner.result(id);

        assertThat(result.notes()).containsExactly("artifacts were not collected within 1.5 s");
        assertThat(Duration.between(
                        result.metadata().startedAt(), result.metadata().finishedAt()))
                .isGreaterThan(Duration.ofMillis(1500));
        assertThat(result.metadata().duration())
                .isLessThan(Duration.between(
                                                result.metadata().startedAt(),
                                                result.metadata().finishedAt())
                                        .toMillis()
                                / 1e3
                        - 1.4);
    }
}
