package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.LogResume;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's daemon is killed in mid-task and comes back; its containers live on meanwhile. */
@Tag("engine")
@ParameterizedClass(name = "{0}")
@MethodSource("engines")
class EngineLossTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PROMPT = Duration.ofSeconds(10);
    private static final String IMAGE = System.getProperty("fleet.test.image", "localhost/fleet-runner-base:latest");

    /** Goes on for about five seconds, each line whole. */
    private static final String LINES = "$| = 1; for (1..250) { print qq(out $_\\n); print STDERR qq(err $_\\n); "
            + "select undef, undef, undef, .02 } print 'no newline'; exit 7";

    static Stream<Dialect> engines() {
        return Stream.of(Dialect.values()).filter(dialect -> new EngineFixture(dialect).available());
    }

    private static PrivateEngine engine;

    @Parameter
    Dialect dialect;

    private EngineRuntime runtime;
    private ContainerRef ref;
    private RunningContainer running;
    private List<LogChunk> seen;
    private CompletionStage<LogChunk> drained;

    @BeforeParameterizedClassInvocation
    static void startTheEngine(Dialect dialect) {
        engine = new PrivateEngine(dialect);
    }

    @AfterParameterizedClassInvocation
    static void stopTheEngine() {
        engine.close();
    }

    @BeforeEach
    void open() {
        runtime = engine.open(UlidCreator.getUlid().toString());
    }

    @AfterEach
    void removeTheContainer() {
        runtime.remove(ref).await().atMost(LIMIT);
        runtime.close();
    }

    @Test
    void aRunningCommandIsTakenOverWhenTheEngineIsBack() {
        start(LINES);
        await().atMost(LIMIT).until(() -> text(LogStream.STDERR).contains("err 30\n"));

        engine.crash();

        assertUnavailable(drained);
        assertThat(message(drained)).contains("broke off");
        engine.revive();
        adopt();
        assertThat(text(LogStream.STDOUT)).isEqualTo(lines("out") + "no newline");
        assertThat(text(LogStream.STDERR)).isEqualTo(lines("err"));
        assertThat(running.exit().await().atMost(LIMIT).code()).isEqualTo(7);
    }

    @Test
    void anEngineThatIsLostTwiceIsSurvivedTwice() {
        start(LINES);
        for (String line : List.of("err 30\n", "err 120\n")) {
            await().atMost(LIMIT).until(() -> text(LogStream.STDERR).contains(line));
            engine.crash();
            assertUnavailable(drained);
            engine.revive();
            follow();
        }
        drained.toCompletableFuture().join();
        assertThat(text(LogStream.STDOUT)).isEqualTo(lines("out") + "no newline");
        assertThat(text(LogStream.STDERR)).isEqualTo(lines("err"));
        assertThat(running.exit().await().atMost(LIMIT).code()).isEqualTo(7);
    }

    @Test
    void aCommandThatEndsWhileTheEngineIsAwayIsTakenOver() throws Exception {
        start("$| = 1; print qq(before\\n); sleep 2; print STDERR qq(after\\n); exit 5");
        await().atMost(LIMIT).until(() -> text(LogStream.STDOUT).equals("before\n"));
        ProcessHandle init = init();

        engine.crash();

        assertUnavailable(drained);
        init.onExit().get(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        engine.revive();
        follow();
        drained.toCompletableFuture().join();
        // Podman has a process of its own for each container's log; Docker forgets what came while it was away.
        boolean kept = dialect == Dialect.PODMAN;
        assertThat(running.outputMissing()).isNotEqualTo(kept);
        assertThat(text(LogStream.STDOUT)).isEqualTo("before\n");
        assertThat(text(LogStream.STDERR)).isEqualTo(kept ? "after\n" : "");
        assertThat(running.exit().await().atMost(LIMIT).code()).isEqualTo(5);
    }

    @Test
    void exitAndStopSayPromptlyThatTheEngineIsAway() {
        start("$| = 1; $SIG{TERM} = 'IGNORE'; print qq(ready\\n); sleep 600");
        await().atMost(LIMIT).until(() -> text(LogStream.STDOUT).equals("ready\n"));
        CompletionStage<?> exit = running.exit().subscribeAsCompletionStage();
        CompletionStage<?> stop = runtime.stop(ref, LIMIT).subscribeAsCompletionStage();
        assertThat(exit.toCompletableFuture()).isNotDone();
        assertThat(stop.toCompletableFuture()).isNotDone();

        engine.crash();

        assertUnavailable(exit);
        assertUnavailable(stop);
        assertUnavailable(running.exit().subscribeAsCompletionStage());
        assertUnavailable(runtime.stop(ref, Duration.ZERO).subscribeAsCompletionStage());
        engine.revive();
        runtime.stop(ref, Duration.ZERO).await().atMost(LIMIT);
    }

    // ---- steps

    private void start(String program) {
        ContainerSpec spec = new ContainerSpec(
                UlidCreator.getMonotonicUlid().toString(),
                IMAGE,
                List.of("perl", "-e", program),
                Map.of(),
                List.of(),
                "1000:1000",
                new Resources(1000, 256L << 20, 100, null),
                Set.of(),
                new TaskSpec.Network(TaskSpec.Network.Mode.NONE, List.of()),
                TaskSpec.DEFAULT_ISOLATION,
                Grant.NOTHING,
                100,
                5,
                Map.of(),
                false,
                64L << 20,
                List.of());
        ref = new ContainerRef(spec.taskId());
        runtime.prepare(spec).collect().last().await().atMost(LIMIT);
        running = runtime.start(ref).await().atMost(LIMIT);
        seen = new CopyOnWriteArrayList<>();
        drain();
    }

    private void drain() {
        drained = running.output().invoke(seen::add).collect().last().subscribeAsCompletionStage();
    }

    private void follow() {
        LogCursor cursor = new LogCursor(bytes(LogStream.STDOUT).length, bytes(LogStream.STDERR).length);
        running =
                runtime.adopt(ref, new LogResume(cursor, Instant.now())).await().atMost(LIMIT);
        assertThat(running.outputMissing()).isFalse();
        drain();
    }

    private void adopt() {
        follow();
        drained.toCompletableFuture().join();
        assertThat(running.outputMissing()).isFalse();
    }

    /** The container's first process, which is a process of this machine. */
    private ProcessHandle init() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(Names.INIT + " perl"))
                .findFirst()
                .orElseThrow();
    }

    private static void assertUnavailable(CompletionStage<?> asked) {
        assertThat(asked.toCompletableFuture()).failsWithin(PROMPT);
        assertThatThrownBy(() -> asked.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(RuntimeFailure.class, failure -> assertThat(
                                failure.reason().code())
                        .as(failure.getMessage())
                        .isEqualTo(CauseCode.ENGINE_UNAVAILABLE));
    }

    private static String message(CompletionStage<?> failed) {
        return failed.toCompletableFuture()
                .handle((done, failure) -> failure.getMessage())
                .join();
    }

    private static String lines(String word) {
        return IntStream.rangeClosed(1, 250)
                .mapToObj(i -> word + " " + i + "\n")
                .collect(Collectors.joining());
    }

    private String text(LogStream stream) {
        return new String(bytes(stream), StandardCharsets.UTF_8);
    }

    private byte[] bytes(LogStream stream) {
        var all = new ByteArrayOutputStream();
        seen.stream().filter(chunk -> chunk.stream() == stream).forEach(chunk -> all.writeBytes(chunk.bytes()));
        return all.toByteArray();
    }
}
