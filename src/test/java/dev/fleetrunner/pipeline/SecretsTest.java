package dev.fleetrunner.pipeline;

import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.Callers;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.Secret;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.runtime.fake.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets on their way through the pipeline: to the runtime, and nowhere else. */
class SecretsTest extends WithRunner {
    private static final String VALUE = "hunter2+hunter2";
    private static final String STARS = "*".repeat(VALUE.length());
    private static final String WITH_SECRET = "{\"cmd\":[\"agent-task\"],\"env\":{\"TOKEN\":{\"secretRef\":\"token\"},"
            + "\"KEY\":{\"secretRef\":\"token\",\"as\":\"env\"}},\"artifacts\":{\"paths\":[\"/workspace/out\"]}}";

    private Path token;

    @BeforeEach
    void put() throws IOException {
        token = Files.createDirectories(ground.directory.resolve("secrets")).resolve("token");
        Files.writeString(token, VALUE + "\n");
    }

    @Test
    void theRuntimeGetsThemAndTheSpecKeepsTheReference() {
        List<ContainerSpec> asked = new ArrayList<>();
        Runner runner = runner(setup(1, Script.PASSES).scripts(spec -> {
                    asked.add(spec);
                    return Script.PASSES;
                }))
                .begin();

        String id = runner.submit(WITH_SECRET);
        runner.result(id);

        ContainerSpec spec = asked.get(0);
        assertThat(spec.env()).isEqualTo(Map.of("TOKEN", "/run/secrets/token"));
        assertThat(spec.secrets())
                .extracting(Secret::name, secret -> new String(secret.value().bytes(), StandardCharsets.UTF_8))
                .containsExactly(tuple("token", VALUE + "\n"), tuple("KEY", VALUE));
        assertThat(spec.toString()).doesNotContain(VALUE);
        assertThat(runner.tasks
                        .spec(Callers.operator("ci"), id)
                        .await()
                        .atMost(SOON)
                        .env()
                        .get("TOKEN"))
                .isEqualTo(new EnvValue.SecretRef("token", EnvValue.As.FILE));
        assertNowhere();
    }

    @Test
    void whatTheCommandWritesIsMasked() {
        String base64 = Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8));
        List<Step> output = new ArrayList<>();
        for (char one : ("raw " + VALUE + "\n").toCharArray()) {
            output.add(new Step.Write(LogStream.STDOUT, String.valueOf(one)));
        }
        output.add(new Step.Write(LogStream.STDERR, "base64 " + base64 + "\n"));
        Runner runner = runner(setup(1, Script.PASSES.withOutput(output.toArray(Step[]::new))))
                .begin();

        String id = runner.submit(WITH_SECRET);

        assertThat(runner.result(id).cause()).isNull();
        assertThat(runner.log(id)).isEqualTo("raw " + STARS + "\nbase64 " + "*".repeat(base64.length()) + "\n");
        assertNowhere();
    }

    @Test
    void whatReportsSayIsMasked() {
        String report = "<testsuite><testcase name=\"t " + VALUE + "\" classname=\"c\"><failure message=\"was " + VALUE
                + "\">at " + VALUE + "</failure></testcase></testsuite>";
        Runner runner = runner(setup(1, Script.PASSES.withFiles(Map.of("/workspace/out", report))))
                .begin();

        TaskResult result = runner.result(runner.submit(WITH_SECRET));

        TaskResult.TestFailure failure = result.tests().failures().get(0);
        assertThat(failure.name()).isEqualTo("t " + STARS);
        assertThat(failure.message()).isEqualTo("was " + STARS);
        assertThat(result.toString()).doesNotContain(VALUE);
    }

    @Test
    void theEnginesWordsAreMasked() {
        Step pulling = new Step.Tell(new Preparation.Pulling("of " + VALUE, null, null));
        Runner runner = runner(setup(
                        1,
                        Script.PASSES.withPrepare(
                                pulling, new Step.Fail(CauseCode.IMAGE_NOT_FOUND, "no image x/" + VALUE))))
                .begin();

        TaskResult result = runner.result(runner.submit(WITH_SECRET));

        assertThat(result.cause().message()).isEqualTo("no image x/" + STARS);
        assertNowhere();
    }

    @Test
    void oneThatIsNotThereIsRefusedWithItsPlace() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();

        Refusal refusal = refused(() -> runner.submit("{\"cmd\":[\"a\"],\"env\":{\"A\":{\"secretRef\":\"gone\"}}}"));

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.INVALID_SPEC);
        assertThat(refusal.faults()).extracting(Fault::pointer).containsExactly("/env/A/secretRef");
        assertThat(refusal.faults().get(0).message()).isEqualTo("there is no secret gone");
    }

    @Test
    void oneThatIsGoneAtItsTurnEndsTheTask() throws IOException {
        Runner old = runner(setup(0, Script.PASSES)).begin();
        String id = old.submit(WITH_SECRET);
        Files.delete(token);

        TaskResult result = runner(setup(1, Script.PASSES)).begin().result(id);

        assertThat(result.cause().code()).isEqualTo(CauseCode.SECRET_UNAVAILABLE);
        assertThat(result.cause().message()).isEqualTo("there is no secret token");
    }

    @Test
    void aTakeoverAmidASecretMasksTheRest() {
        Script writes = Script.PASSES.withOutput(
                new Step.Write(LogStream.STDOUT, "a " + VALUE + " b " + VALUE.substring(0, 9)),
                new Step.UntilStopped());
        Runner old = runner(setup(1, writes)).begin();
        String id = old.submit(WITH_SECRET);
        await().atMost(SOON).until(() -> old.log(id).equals("a " + STARS + " b "));
        old.close();
        old.awaitIdle();

        Runner fresh = runner(setup(1, writes).on(old.engine)).begin();
        await().atMost(SOON).until(() -> fresh.engine.openStreams() == 1);
        fresh.engine.end(id);
        fresh.result(id);

        assertThat(fresh.log(id)).isEqualTo("a " + STARS + " b *********");
    }

    @Test
    void aTakeoverWithoutTheSecretWritesNothingMore() throws IOException {
        Script writes = Script.PASSES
                .withFiles(Map.of("/workspace/out", VALUE))
                .withOutput(new Step.Write(LogStream.STDOUT, "a\n" + VALUE.substring(0, 9)), new Step.UntilStopped());
        Runner old = runner(setup(1, writes)).begin();
        String id = old.submit(WITH_SECRET);
        await().atMost(SOON).until(() -> old.log(id).equals("a\n"));
        old.close();
        old.awaitIdle();
        Files.delete(token);

        Runner fresh = runner(setup(1, writes).on(old.engine)).begin();
        TaskResult result = fresh.result(id);

        assertThat(result.cause().code()).isEqualTo(CauseCode.SECRET_UNAVAILABLE);
        assertThat(result.notes()).anyMatch(note -> note.contains("nothing can be masked"));
        assertThat(result.captured().artifacts()).isEmpty();
        assertThat(fresh.log(id)).isEqualTo("a\n");
        assertThat(fresh.engine.containers()).isEmpty();
    }

    /** In no file, the journal included, of the runner, but the one that it came from. */
    private void assertNowhere() {
        try (Stream<Path> files = Files.walk(ground.directory)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.equals(token)))
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(VALUE));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
