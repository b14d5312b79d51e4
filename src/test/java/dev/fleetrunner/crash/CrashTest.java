package dev.fleetrunner.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.RuntimeFixture;
import dev.fleetrunner.runtime.engine.Dialect;
import dev.fleetrunner.runtime.engine.EngineFixture;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.task.TaskEvent;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A runner is killed by SIGKILL at every point of a task's life and started again: every task comes to its own end, was
 * run once, has every byte of its log once, and leaves no container behind.
 */
@Tag("engine")
class CrashTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LINES = 40;
    private static final String IMAGE = System.getProperty("fleet.test.image", "localhost/fleet-runner-base:latest");
    /** Some lines on each stream, both without a last newline, one file, and an exit code of its own. */
    private static final String SCRIPT = "echo ran >> /shared/NAME; for i in $(seq " + LINES
            + "); do echo out $i; echo err $i >&2; sleep 0.01; done; echo kept > /workspace/kept; "
            + "printf 'out end'; printf 'err end' >&2; exit 7";

    @TempDir
    Path temporary;

    private final ExecutorService worker = Executors.newFixedThreadPool(4);
    private Path directory;

    static Stream<Arguments> deaths() {
        return Stream.of(Dialect.values())
                .filter(dialect -> new EngineFixture(dialect).available())
                .flatMap(dialect -> Stream.of(KillPoint.values())
                        .filter(point -> point != KillPoint.NONE)
                        .map(point -> Arguments.of(dialect, point)));
    }

    @BeforeEach
    void layOut() throws IOException {
        directory = temporary.toRealPath();
        Files.writeString(directory.resolve("instance"), UlidCreator.getUlid().toString());
        Files.setPosixFilePermissions(
                Files.createDirectory(directory.resolve("shared")), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterEach
    void end() {
        worker.shutdownNow();
    }

    /** The end of a task that declares no artifacts is written at once. */
    static Stream<Arguments> deathsAtTheEnd() {
        return deaths().filter(death ->
                EnumSet.of(KillPoint.BEFORE_COLLECTING, KillPoint.FINISHED).contains((KillPoint) death.get()[1]));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deaths")
    void nothingIsLostDoubledOrLeft(Dialect dialect, KillPoint point) throws IOException, InterruptedException {
        survive(dialect, point, List.of("workspace/kept"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deathsAtTheEnd")
    void norIsItWithoutArtifacts(Dialect dialect, KillPoint point) throws IOException, InterruptedException {
        survive(dialect, point, List.of());
    }

    static Stream<Dialect> engines() {
        return Stream.of(Dialect.values()).filter(dialect -> new EngineFixture(dialect).available());
    }

    /** The command writes its secret in two halves, so that some lie across what the first life has written. */
    @ParameterizedTest
    @MethodSource("engines")
    void aSecretStaysMasked(Dialect dialect) throws IOException, InterruptedException {
        String secret = "hunter2+hunter2";
        Files.writeString(Files.createDirectory(directory.resolve("secrets")).resolve("token"), secret);
        Path spec = directory.resolve("secret.json");
        Files.writeString(
                spec,
                """
                {"image": "%s", "env": {"TOKEN": {"secretRef": "token"}}, "cmd": ["/bin/sh", "-c",
                  "for i in $(seq %d); do head -c 7 $TOKEN; sleep 0.02; tail -c +8 $TOKEN; echo; done"]}
                """
                        .formatted(IMAGE, LINES));

        kill(life(dialect, KillPoint.AMID_OUTPUT, spec.toString()));
        Process second = life(dialect, KillPoint.NONE);
        assertThat(second.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(left(dialect)).isZero();
        try (var store = Life.store(directory, worker)) {
            String id = store.find(TaskQuery.all(10))
                    .await()
                    .atMost(SOON)
                    .tasks()
                    .get(0)
                    .id();
            assertThat(log(id, LogStream.STDOUT)).isEqualTo(("*".repeat(secret.length()) + "\n").repeat(LINES));
        }
    }

    private void survive(Dialect dialect, KillPoint point, List<String> kept) throws IOException, InterruptedException {
        kill(life(dialect, point, spec("a", kept), spec("b", kept), spec("c", kept)));
        Process second = life(dialect, KillPoint.NONE);
        assertThat(second.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();

        assertThat(left(dialect)).isZero();
        try (var store = Life.store(directory, worker)) {
            List<TaskRow> rows =
                    store.find(TaskQuery.all(10)).await().atMost(SOON).tasks();
            assertThat(rows).isNotEmpty();
            for (TaskRow row : rows) {
                assertThat(row.status().terminal()).isTrue();
                check(row.id(), store.history(row.id()).await().atMost(SOON), kept);
            }
        }
        try (Stream<Path> runs = Files.list(directory.resolve("shared"))) {
            assertThat(runs.map(CrashTest::text)).allMatch("ran\n"::equals);
        }
    }

    private void check(String id, List<StoredEvent> history, List<String> kept) {
        TaskResult result =
                ((TaskEvent.Finished) history.get(history.size() - 1).event()).result();
        assertThat(result.cause().code()).as(result.toString()).isEqualTo(CauseCode.EXIT_NONZERO);
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(log(id, LogStream.STDOUT)).isEqualTo(lines("out"));
        assertThat(log(id, LogStream.STDERR)).isEqualTo(lines("err"));
        assertThat(result.captured().logBytes())
                .isEqualTo(lines("out").length() + lines("err").length());
        assertThat(Life.artifacts(directory, worker).list(id).await().atMost(SOON))
                .extracting(ArtifactFile::path)
                .isEqualTo(kept);
    }

    private static String lines(String stream) {
        return String.join(
                "",
                Stream.concat(
                                IntStream.rangeClosed(1, LINES).mapToObj(i -> stream + " " + i + "\n"),
                                Stream.of(stream + " end"))
                        .toList());
    }

    private String log(String id, LogStream stream) {
        var text = new ByteArrayOutputStream();
        Life.logs(directory, worker)
                .plain(id, stream, 0, Long.MAX_VALUE)
                .collect()
                .asList()
                .await()
                .atMost(SOON)
                .forEach(text::writeBytes);
        return text.toString(StandardCharsets.UTF_8);
    }

    private long left(Dialect dialect) throws IOException {
        RuntimeFixture fixture = new EngineFixture(dialect);
        ContainerRuntime runtime = fixture.open(Life.instance(directory));
        try {
            return runtime.owned().collect().asList().await().atMost(SOON).size();
        } finally {
            fixture.close(runtime);
        }
    }

    private String spec(String name, List<String> kept) throws IOException {
        Path file = directory.resolve(name + ".json");
        Files.writeString(
                file,
                """
                {"image": "%s", "cmd": ["/bin/sh", "-c", "%s"],
                 "resources": {"memory": "128Mi", "pids": 50},
                 "mounts": [{"type": "bind", "source": "%s/shared", "target": "/shared"}],
                 "artifacts": {"paths": [%s]}}
                """
                        .formatted(
                                IMAGE,
                                SCRIPT.replace("NAME", name),
                                directory,
                                kept.stream().map(path -> "\"/" + path + "\"").collect(Collectors.joining(","))));
        return file.toString();
    }

    private Process life(Dialect dialect, KillPoint point, String... specs) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Life.class.getName(),
                directory.toString(),
                dialect.name(),
                point.name()));
        command.addAll(List.of(specs));
        return new ProcessBuilder(command)
                .redirectError(directory.resolve(point + ".err").toFile())
                .start();
    }

    private static void kill(Process life) throws IOException, InterruptedException {
        try (BufferedReader said = life.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.equals(Doom.WORDS)) {
                line = said.readLine();
            }
            assertThat(line).as("what the runner says when it is to be killed").isEqualTo(Doom.WORDS);
        } finally {
            life.destroyForcibly().waitFor();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
