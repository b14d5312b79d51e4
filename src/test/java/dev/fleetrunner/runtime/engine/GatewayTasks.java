package dev.fleetrunner.runtime.engine;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.LogResume;
import dev.fleetrunner.runtime.OwnedContainer;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Real tasks with engines of their own on one real engine; everything is removed at the end. */
final class GatewayTasks implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(120);
    static final String IMAGE = System.getProperty("fleet.test.image", "localhost/fleet-runner-base:latest");

    private final EngineFixture fixture;
    private final String instance = UlidCreator.getUlid().toString();
    EngineRuntime runtime;

    GatewayTasks(EngineFixture fixture, GatewayLimits limits) {
        this.fixture = fixture;
        this.runtime = open(limits);
    }

    private EngineRuntime open(GatewayLimits limits) {
        return fixture.open(instance, limits);
    }

    /** Where a task's sockets are. */
    Path directory(String taskId) {
        return fixture.place(runtime, taskId);
    }

    /** The same runner after a crash. */
    void restart(GatewayLimits limits) {
        fixture.close(runtime);
        runtime = open(limits);
    }

    /** A task whose command was started. */
    record Task(String id, RunningContainer running, GatewayClient engine) {
        ContainerRef ref() {
            return new ContainerRef(id);
        }
    }

    /** Starts a task that does nothing for long, or a script. */
    Task start(String image, Map<String, String> env, List<MountSpec> mounts, String script) {
        return start(image, env, mounts, script, Grant.NOTHING);
    }

    /** Starts one that the policy gave this. */
    Task start(String image, Map<String, String> env, List<MountSpec> mounts, String script, Grant grant) {
        String id = UlidCreator.getMonotonicUlid().toString();
        ContainerSpec spec = new ContainerSpec(
                id,
                image,
                List.of("/bin/sh", "-c", script),
                env,
                mounts,
                TaskSpec.DEFAULT_USER,
                new Resources(2000, 1L << 30, 512, null),
                Set.of(),
                TaskSpec.Network.NONE,
                TaskSpec.DEFAULT_ISOLATION,
                grant,
                300,
                1,
                Map.of(),
                true,
                64L << 20,
                List.of());
        runtime.prepare(spec).collect().last().await().atMost(LIMIT);
        RunningContainer running = runtime.start(new ContainerRef(id)).await().atMost(LIMIT);
        return new Task(id, running, new GatewayClient(directory(id).resolve("docker.sock")));
    }

    Task idle() {
        return start(IMAGE, Map.of(), List.of(), "sleep 300");
    }

    Task adopt(Task before) {
        RunningContainer running =
                runtime.adopt(before.ref(), LogResume.START).await().atMost(LIMIT);
        return new Task(before.id(), running, before.engine());
    }

    /** The output to its end, with the exit code in the last line. */
    static String output(Task task) {
        StringBuilder text = new StringBuilder();
        for (LogChunk chunk : task.running().output().collect().asList().await().atMost(LIMIT)) {
            text.append(new String(chunk.bytes(), StandardCharsets.UTF_8));
        }
        return text + "exit " + task.running().exit().await().atMost(LIMIT).code();
    }

    void remove(Task task) {
        runtime.remove(task.ref()).await().atMost(LIMIT);
    }

    EngineClient client(io.vertx.mutiny.core.Vertx vertx) {
        return fixture.client(vertx);
    }

    @Override
    public void close() {
        for (OwnedContainer left : runtime.owned().collect().asList().await().atMost(LIMIT)) {
            runtime.remove(left.ref()).await().atMost(LIMIT);
        }
        fixture.close(runtime);
    }
}
