package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.Caller.Share;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.ImageRule;
import dev.fleetrunner.examples.TestcontainersExample;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The real Testcontainers, in a task without a network, with the engine that the task has: what the example shows. */
@Tag("engine")
@ParameterizedClass(name = "{0}")
@MethodSource("fixtures")
class TestcontainersTest {
    private static final Path EXAMPLE = TestcontainersExample.PLACE;
    private static final Path LIBRARIES = TestcontainersExample.FETCHED.resolve("lib");
    private static final Path NODE = TestcontainersExample.FETCHED.resolve("node");
    private static final String TASK_IMAGE = "localhost/fleet-runner-task:latest";
    private static final String REDIS = "localhost/example-redis:7";

    /** What the example's policy gives. */
    private static final Grant NARROW = new Grant(
            "integration-tests",
            List.of(),
            false,
            List.of(),
            Share.WHOLE,
            new ImageRule(List.of("localhost/fleet-runner-task", "localhost/example-redis"), false),
            List.of("*"));

    static Stream<EngineFixture> fixtures() {
        return Stream.of(new EngineFixture(Dialect.PODMAN), new EngineFixture(Dialect.DOCKER))
                .filter(EngineFixture::available);
    }

    @Parameter
    EngineFixture fixture;

    @BeforeAll
    static void fetch() throws Exception {
        TestcontainersExample.fetchLibraries();
    }

    @BeforeEach
    void makeRedis() throws Exception {
        TestcontainersExample.makeRedis(fixture.socket());
    }

    @Test
    void aTestInATaskHasItsOwnRedis() {
        try (var tasks = new GatewayTasks(fixture, GatewayLimits.DEFAULT)) {
            GatewayTasks.Task task = tasks.start(
                    TASK_IMAGE,
                    Map.of(),
                    List.of(files("/workspace", EXAMPLE.resolve("pass")), files("/workspace/lib", LIBRARIES)),
                    "cd /workspace && java -cp 'lib/*' RedisCheck.java " + REDIS + " 2>&1",
                    NARROW);

            assertThat(GatewayTasks.output(task))
                    .contains("alias: value")
                    .contains("all is well")
                    .endsWith("exit 0");

            tasks.remove(task);
            assertThat(fixture.leftOf(task.id())).isEmpty();
        }
    }

    @Test
    void soHasOneInNode() throws Exception {
        if (!Files.isDirectory(NODE.resolve("node_modules"))) {
            TestcontainersExample.run(
                    "npm",
                    "install",
                    "--no-audit",
                    "--no-fund",
                    "--silent",
                    "--prefix",
                    NODE.toString(),
                    "testcontainers@11.0.0");
        }
        try (var tasks = new GatewayTasks(fixture, GatewayLimits.DEFAULT)) {
            GatewayTasks.Task task = tasks.start(
                    TASK_IMAGE,
                    Map.of(),
                    List.of(files("/workspace", EXAMPLE.resolve("pass")), files("/workspace/node", NODE)),
                    "cd /workspace && NODE_PATH=node/node_modules node redis-check.js " + REDIS + " 2>&1",
                    NARROW);

            assertThat(GatewayTasks.output(task))
                    .contains("alias: value")
                    .contains("all is well")
                    .endsWith("exit 0");
        }
    }

    private static MountSpec files(String target, Path directory) {
        return new MountSpec.Copy(
                target, false, directory.toString(), () -> Multi.createFrom().item(tar(directory)));
    }

    private static Buffer tar(Path directory) {
        try {
            Process tar = new ProcessBuilder(
                            "tar", "-C", directory.toString(), "--owner=1000", "--group=1000", "-cf", "-", ".")
                    .start();
            try (InputStream out = tar.getInputStream()) {
                return Buffer.buffer(out.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
