package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.app.StoreCodec;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.task.TaskEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pipeline's behaviour as pairs of what is asked for and what comes of it, in {@code scenarios/}. Each runs twice:
 * on an engine that answers on the caller's thread, and on one that answers on its own threads.
 *
 * <p>A scenario has {@code spec} (or {@code document}, a text), {@code script} (what the engine does, {@link Script}),
 * {@code setup}, {@code then} (what is done as soon as an event of a type is durable), and {@code expected}: what it
 * names is compared, and for every scenario that nothing is left.
 */
class ScenariosTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    @TempDir
    static Path directory;

    private static Ground ground;

    record Scenario(String name, JsonNode json) {
        @Override
        public String toString() {
            return name + ": " + json.path("about").asText();
        }
    }

    /** Those that wait for a limit in whole seconds run once. */
    static Stream<Scenario> quickOnes() throws IOException {
        return scenarios().filter(scenario -> !scenario.json().path("slow").asBoolean());
    }

    static Stream<Scenario> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.sorted().map(ScenariosTest::read).toList().stream();
        }
    }

    private static Scenario read(Path file) {
        try {
            return new Scenario(file.getFileName().toString().replace(".json", ""), JSON.readTree(file.toFile()));
        } catch (IOException broken) {
            throw new IllegalArgumentException(file + ": " + broken.getMessage(), broken);
        }
    }

    @BeforeAll
    static void openGround() throws IOException {
        ground = new Ground(directory);
        Files.createDirectory(ground.root.resolve("work"));
    }

    @AfterAll
    static void closeGround() {
        ground.close();
    }

    @ParameterizedTest
    @MethodSource("quickOnes")
    void onAnEngineThatAnswersAtOnce(Scenario scenario) {
        play(scenario.json(), setup(scenario.json()));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void onAnEngineThatAnswersOnItsOwnThreads(Scenario scenario) {
        play(scenario.json(), setup(scenario.json()).engine(ground.worker));
    }

    private static Runner.Setup setup(JsonNode json) {
        JsonNode given = json.path("setup");
        var setup = Runner.Setup.of(given.path("places").asInt(1), Script.read(json.path("script")))
                .logBytes(given.path("logBytes").asLong(1 << 20))
                .engineReturn(Duration.ZERO)
                .collectLimit(Duration.ofMillis(given.path("collectMillis").asLong(60_000)));
        return given.path("engine").asBoolean(true) ? setup : setup.withoutEngine();
    }

    private static void play(JsonNode json, Runner.Setup setup) {
        JsonNode expected = json.get("expected");
        try (var runner = new Runner(ground, setup)) {
            runner.engine.alive(json.path("setup").path("alive").asBoolean(true));
            runner.journal.whenDurable((task, event) -> {
                JsonNode cue = json.path("then").path(new StoreCodec().type(event));
                if (cue.isTextual()) {
                    runner.cue(task, cue.asText());
                }
            });
            runner.begin();
            if (expected.has("refusal")) {
                refused(runner, json, expected.get("refusal"));
            } else {
                ended(runner, runner.submit(document(json)), expected, json);
            }
        }
    }

    private static String document(JsonNode json) {
        return json.has("document")
                ? json.get("document").asText()
                : json.get("spec").toString().replace("ROOT", ground.root.toString());
    }

    private static void refused(Runner runner, JsonNode json, JsonNode expected) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> runner.submit(document(json)));

        assertThat(refusal.reason().code()).hasToString(expected.get("code").asText());
        assertThat(refusal.reason().message()).contains(expected.path("message").asText());
        assertThat(refusal.faults()).extracting(Fault::pointer).containsExactlyElementsOf(texts(expected.path("at")));
        assertThat(runner.engine.calls()).isEmpty();
        assertThat(runner.occupancy.inHand()).isZero();
    }

    private static void ended(Runner runner, String id, JsonNode expected, JsonNode json) {
        if (json.has("cancelAfterSubmit")) {
            runner.tasks
                    .cancel(operator(json.get("cancelAfterSubmit").asText()), id)
                    .await()
                    .atMost(Runner.SOON);
        }
        TaskResult result = runner.result(id);
        if (json.has("cancelAfterEnd")) {
            runner.tasks
                    .cancel(operator(json.get("cancelAfterEnd").asText()), id)
                    .await()
                    .atMost(Runner.SOON);
        }

        compare(runner, id, result, expected);
        nothingIsLeft(runner, id, result, expected);
    }

    private static void compare(Runner runner, String id, TaskResult result, JsonNode expected) {
        assertThat(result.status().word()).isEqualTo(expected.get("status").asText());
        assertThat(result.exitCode())
                .isEqualTo(expected.has("exitCode") ? expected.get("exitCode").asInt() : null);
        assertThat(result.cause() == null ? null : result.cause().code().name())
                .isEqualTo(expected.path("cause").asText(null));
        assertThat(result.cause() == null ? "" : result.cause().message())
                .contains(expected.path("message").asText());
        assertThat(runner.events(id)).isEqualTo(texts(expected.get("events")));
        assertThat(runner.log(id)).isEqualTo(expected.path("log").asText());
        assertThat(result.notes()).isEqualTo(texts(expected.path("notes")));
        assertThat(runner.engine.calls(id)).isEqualTo(texts(expected.path("calls")));
        assertThat(result.captured().artifacts())
                .extracting(artifact -> artifact.path() + ": " + artifact.files())
                .isEqualTo(texts(expected.path("artifacts")));
        assertThat(
                        result.tests() == null
                                ? null
                                : result.tests().failed() + " of "
                                        + result.tests().total() + " failed")
                .isEqualTo(expected.path("tests").asText(null));
        assertThat(result.coverage() == null ? null : result.coverage().linePercent())
                .isEqualTo(expected.has("coverage") ? expected.get("coverage").asDouble() : null);
        assertThat(result.captured().logTruncated())
                .isEqualTo(expected.path("logTruncated").asBoolean());
    }

    private static void nothingIsLeft(Runner runner, String id, TaskResult result, JsonNode expected) {
        assertThat(runner.engine.containers()).hasSize(expected.path("left").asInt(0));
        runner.engine.alive(true);
        runner.pipeline.sweep().await().atMost(Runner.SOON);
        assertThat(runner.engine.containers()).isEmpty();
        assertThat(ground.store.followed()).isZero();
        assertThat(runner.occupancy.running(operator("alice"))).isEmpty();
        assertThat(runner.occupancy.waiting()).isZero();
        assertThat(runner.logs
                        .follow(id, LogQuery.all())
                        .collect()
                        .asList()
                        .await()
                        .atMost(Runner.SOON))
                .as("whoever follows the log comes to its end")
                .hasSizeLessThan(100);
        List<TaskEvent> written = ground.store.history(id).await().atMost(Runner.SOON).stream()
                .map(stored -> stored.event())
                .toList();
        assertThat(((TaskEvent.Finished) written.get(written.size() - 1)).result())
                .isEqualTo(result);
        boolean started = written.stream().anyMatch(TaskEvent.Started.class::isInstance);
        assertThat(result.metadata().startedAt() != null).isEqualTo(started);
        assertThat(result.metadata().enforced() != null)
                .isEqualTo(started && expected.path("receipt").asBoolean(true));
        assertThat(result.captured().logsRef() != null)
                .isEqualTo(runner.engine.calls(id).contains("prepare")
                        || expected.path("logged").asBoolean());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).forEach(texts::add);
        return texts;
    }
}
