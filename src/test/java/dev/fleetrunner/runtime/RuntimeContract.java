package dev.fleetrunner.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.engine.Dialect;
import dev.fleetrunner.runtime.engine.EngineFixture;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What all parts of the contract test share: every runtime that is there, and nothing left behind. A runtime that
 * {@code -Dcontract.require} names and that is not there fails the build.
 */
@Tag("engine")
@ParameterizedClass(name = "{0}")
@MethodSource("fixtures")
abstract class RuntimeContract {
    static final Duration LIMIT = TaskRun.LIMIT;

    static Stream<RuntimeFixture> fixtures() {
        return present(new EngineFixture(Dialect.PODMAN), new EngineFixture(Dialect.DOCKER));
    }

    /** For the cases in which a stronger wall makes a difference; it takes its time. */
    static Stream<RuntimeFixture> withWalls() {
        return Stream.concat(
                RuntimeContract.fixtures(), present(EngineFixture.PODMAN_GVISOR, EngineFixture.DOCKER_GVISOR));
    }

    static Stream<RuntimeFixture> present(RuntimeFixture... known) {
        List<String> required =
                Arrays.asList(System.getProperty("contract.require", "").split(","));
        for (RuntimeFixture fixture : known) {
            if (required.contains(fixture.name()) && !fixture.available()) {
                throw new IllegalStateException(fixture.name() + " is required by -Dcontract.require and is not there");
            }
        }
        return Arrays.stream(known).filter(RuntimeFixture::available);
    }

    @Parameter
    RuntimeFixture fixture;

    final String instance = UlidCreator.getUlid().toString();
    ContainerRuntime runtime;

    @BeforeEach
    void open(TestInfo test) {
        runtime = fixture.open(instance);
        assertThat(runtime.probe().await().atMost(LIMIT)).isInstanceOf(RuntimeStatus.Up.class);
        String method = test.getTestMethod().orElseThrow().getName();
        assumeThat(fixture.differing()).as("cases that differ").doesNotContain(method);
    }

    @AfterEach
    void nothingIsLeft() {
        for (OwnedContainer left : owned()) {
            runtime.remove(left.ref()).await().atMost(LIMIT);
        }
        // What a preparation that failed had begun beside it comes to its own end.
        await().atMost(LIMIT).until(this::owned, List::isEmpty);
        for (KeptCache cache : caches()) {
            runtime.removeCache(cache.key()).await().atMost(LIMIT);
        }
        List<KeptCache> kept = caches();
        fixture.close(runtime);
        assertThat(kept).isEmpty();
    }

    /** A container that was started. */
    record Started(ContainerRef ref, RunningContainer running) {}

    SpecBuilder command(String... command) {
        return SpecBuilder.command(command).isolation(fixture.isolation());
    }

    SpecBuilder shell(String script) {
        return SpecBuilder.shell(script).isolation(fixture.isolation());
    }

    TaskRun run(SpecBuilder spec) {
        return TaskRun.of(runtime, spec.build());
    }

    List<Preparation> prepare(ContainerSpec spec) {
        return runtime.prepare(spec).collect().asList().await().atMost(LIMIT);
    }

    Started start(SpecBuilder builder) {
        ContainerSpec spec = builder.build();
        prepare(spec);
        var ref = new ContainerRef(spec.taskId());
        return new Started(ref, runtime.start(ref).await().atMost(LIMIT));
    }

    List<OwnedContainer> owned() {
        return runtime.owned().collect().asList().await().atMost(LIMIT);
    }

    List<KeptCache> caches() {
        return runtime.caches().collect().asList().await().atMost(LIMIT);
    }

    static byte[] collect(Multi<Buffer> archive) {
        return archive.collect()
                .in(Buffer::buffer, Buffer::appendBuffer)
                .await()
                .atMost(LIMIT)
                .getBytes();
    }

    static String text(List<LogChunk> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.stream()
                .filter(chunk -> chunk.stream() == LogStream.STDOUT)
                .forEach(chunk -> text.append(new String(chunk.bytes(), StandardCharsets.UTF_8)));
        return text.toString();
    }
}
