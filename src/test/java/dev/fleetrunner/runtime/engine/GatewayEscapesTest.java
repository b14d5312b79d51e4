package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hostile task tries through the containers that it makes: they are behind walls of their own, and go with it. */
@Tag("engine")
@ParameterizedClass(name = "{0}")
@MethodSource("fixtures")
class GatewayEscapesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path ESCAPES = Path.of("src/test/resources/escapes");
    private static final Duration SOON = Duration.ofSeconds(30);

    static Stream<EngineFixture> fixtures() {
        return GatewayTest.fixtures();
    }

    @Parameter
    EngineFixture fixture;

    private GatewayTasks tasks;
    private GatewayTasks.Task task;
    private GatewayClient engine;

    @BeforeEach
    void open() {
        tasks = new GatewayTasks(fixture, new GatewayLimits(4, false, false));
        task = tasks.idle();
        engine = task.engine();
    }

    @AfterEach
    void close() {
        tasks.close();
    }

    private GatewayClient.Answer create(String name, String more, String... command) {
        try {
            return engine.post(
                    "/containers/create?name=" + name,
                    "{\"Image\":\"" + GatewayTasks.IMAGE + "\",\"Cmd\":" + JSON.writeValueAsString(command)
                            + (more.isEmpty() ? "" : "," + more) + "}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String name, String more, String... command) {
        GatewayClient.Answer made = create(name, more, command);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(engine.post("/containers/" + name + "/start", null).status()).isEqualTo(204);
    }

    @Test
    void aTargetMeansNoMoreThanAPath() {
        String trick = "/host,source=v,volume-opt=type=none,volume-opt=device=/etc,volume-opt=o=bind";
        for (String host : List.of(
                "\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"" + trick + "\"}]",
                "\"Mounts\":[{\"Type\":\"tmpfs\",\"Target\":\"" + trick + "\"}]",
                "\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"/x\\\",source=/etc\"}]",
                "\"Binds\":[\"v:" + trick + "\"]",
                "\"Tmpfs\":{\"/y,suid\":\"rw\"}",
                "\"Tmpfs\":{\"/y:dev,suid\":\"rw\"}")) {
            assertThat(create("trick", "\"HostConfig\":{" + host + "}", "true").status())
                    .as(host)
                    .isEqualTo(400);
        }
        assertThat(create("trick", "\"Volumes\":{\"" + trick + "\":{}}", "true").status())
                .isEqualTo(400);
        assertThat(engine.get("/containers/json?all=1").json()).isEmpty();
    }

    @Test
    void aContainerHasNothingOfTheEnginesEnvironment() {
        create("env", "\"Env\":[\"*\",\"PATH\",\"XDG*\",\"OWN=1\"]", "true");

        List<String> names = new ArrayList<>();
        engine.get("/containers/env/json")
                .json()
                .at("/Config/Env")
                .forEach(each -> names.add(each.asText().replaceFirst("=.*", "")));
        assertThat(names).contains("OWN").isSubsetOf("OWN", "PATH", "LANG", "TERM", "container", "HOME", "HOSTNAME");
    }

    @Test
    void theKeysAndNamespacesOfTheMachineAreClosed() throws IOException {
        run("keys", "", "perl", "-e", Files.readString(ESCAPES.resolve("keyrings.pl")) + "\nprint qq(tried\\n);");
        run("spaces", "", "/bin/sh", "-c", Files.readString(ESCAPES.resolve("namespaces.sh")) + "\necho tried");

        for (String name : List.of("keys", "spaces")) {
            assertThat(engine.post("/containers/" + name + "/wait", null).status())
                    .isEqualTo(200);
            String log = engine.get("/containers/" + name + "/logs?stdout=1&stderr=1")
                    .body();
            assertThat(log).contains("tried").doesNotContain("ESCAPED");
        }
    }

    @Test
    void noContainerOutlivesItsRemoval() {
        String mark = "28" + Math.abs(task.id().hashCode() % 100_000);
        String stubborn = "trap '' TERM; while true; do sleep " + mark + "; done";
        run("immortal", "\"StopTimeout\":4000000", "/bin/sh", "-c", stubborn);
        CompletableFuture<?> stop =
                CompletableFuture.runAsync(() -> engine.post("/containers/immortal/stop?t=4000000", null));
        Awaitility.await().atMost(SOON).until(() -> runsOnTheMachine(mark));

        assertThat(engine.delete("/containers/immortal?force=1").status()).isEqualTo(204);

        Awaitility.await().atMost(SOON).until(() -> !runsOnTheMachine(mark));
        assertThat(stop).succeedsWithin(SOON);
    }

    @Test
    void noContainerOutlivesItsTask() {
        String mark = "29" + Math.abs(task.id().hashCode() % 100_000);
        run("immortal", "\"StopTimeout\":4000000", "/bin/sh", "-c", "trap '' TERM; sleep " + mark + " & wait; wait");
        Awaitility.await().atMost(SOON).until(() -> runsOnTheMachine(mark));

        tasks.remove(task);

        assertThat(runsOnTheMachine(mark)).isFalse();
    }

    private static boolean runsOnTheMachine(String mark) {
        return ProcessHandle.allProcesses().anyMatch(process -> {
            try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                        .contains("sleep\0" + mark);
            } catch (IOException gone) {
                return false;
            }
        });
    }

    @Test
    void nothingIsMadeWhenTheTaskIsOver() {
        List<CompletableFuture<?>> flood = new ArrayList<>();
        IntStream.range(0, 60)
                .forEach(number -> flood.add(CompletableFuture.runAsync(
                        () -> engine.post("/networks/create", "{\"Name\":\"n" + number + "\"}"))));
        Awaitility.await()
                .atMost(SOON)
                .until(() -> !engine.get("/networks").json().isEmpty());

        tasks.remove(task);

        assertThat(CompletableFuture.allOf(flood.toArray(CompletableFuture[]::new))
                        .exceptionally(ended -> null))
                .succeedsWithin(SOON);
        assertThat(fixture.networksOf(task.id())).isEmpty();
    }

    /** Engines give the addresses of a network that is gone to the next. */
    @Test
    void aDoorNeverLeadsIntoAnotherTasksNetwork() throws IOException {
        GatewayTasks.Task other = tasks.idle();
        engine.post("/networks/create", "{\"Name\":\"net\"}");
        run(
                "web",
                "\"HostConfig\":{\"NetworkMode\":\"net\",\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"20080\"}]}}",
                "sleep",
                "300");
        engine.post("/containers/web/kill", null);
        engine.post("/containers/web/wait", null);
        engine.delete("/networks/net");

        engine = other.engine();
        engine.post("/networks/create", "{\"Name\":\"net\"}");
        run(
                "web",
                "\"HostConfig\":{\"NetworkMode\":\"net\",\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"20080\"}]}}",
                "perl",
                "-MIO::Socket::INET",
                "-e",
                "$s = IO::Socket::INET->new(LocalPort => 80, Listen => 5); while ($c = $s->accept) { print $c 'other'; }");

        Awaitility.await().atMost(SOON).until(() -> firstByte(other) == 'o');
        assertThat(firstByte(task)).isEqualTo(-1);
    }

    /** What a published port of a task says; -1 if nobody is there. */
    private int firstByte(GatewayTasks.Task of) throws IOException {
        try (SocketChannel door = SocketChannel.open(
                UnixDomainSocketAddress.of(tasks.directory(of.id()).resolve("tcp-20080")))) {
            ByteBuffer first = ByteBuffer.allocate(1);
            return door.read(first) < 0 ? -1 : first.get(0);
        }
    }
}
