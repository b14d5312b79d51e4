package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.engine.gateway.Cleanup;
import dev.fleetrunner.runtime.engine.gateway.EngineCalls;
import dev.fleetrunner.runtime.engine.gateway.EngineGateway;
import dev.fleetrunner.runtime.engine.gateway.EngineReply;
import dev.fleetrunner.runtime.engine.gateway.GatewayEngine;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import dev.fleetrunner.runtime.engine.gateway.GatewayTask;
import dev.fleetrunner.runtime.engine.gateway.Isolation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Gives tasks that ask for it an engine of their own, and takes it away with all that they made by it. */
public final class ScopedEngine implements AutoCloseable {
    /** What clients of engines look at; a spec may say otherwise. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "DOCKER_HOST", "unix://" + Names.SOCKETS + "/docker.sock",
            "TESTCONTAINERS_HOST_OVERRIDE", "localhost",
            "TESTCONTAINERS_RYUK_DISABLED", "true");

    private static final Logger LOG = Logger.getLogger(ScopedEngine.class);
    private static final String LONGEST_SOCKET = "docker.sock";
    /** unix(7), with its last zero left out. */
    private static final int LONGEST_PATH = 107;

    private static final long NANOS_PER_MILLI_CPU = 1_000_000;
    /** Scoped engines keep little of their output: it is the task's to read, not the runner's. */
    private static final long LOG_BYTES = 16L << 20;

    private final EngineClient client;
    private final EngineApi api;
    private final String instance;
    private final Vertx vertx;
    private final Settings settings;
    private final GatewayEngine engine;
    private final EngineGateway gateway;
    private final Isolation isolation;
    /** Those of which it is known that they have none. */
    private final Set<ContainerRef> without = ConcurrentHashMap.newKeySet();

    /**
     * What the operator sets.
     *
     * @param directory below which each task has a directory for its sockets; the engine sees it at the same path
     * @param worker for files and programs
     */
    public record Settings(Path directory, GatewayLimits limits, Executor worker) {}

    ScopedEngine(EngineClient client, EngineApi api, Dialect dialect, String instance, Vertx vertx, Settings settings) {
        this.client = client;
        this.api = api;
        this.instance = instance;
        this.vertx = vertx;
        this.settings = settings;
        if (settings == null) {
            engine = null;
            gateway = null;
            isolation = null;
        } else {
            var log = dialect.logDriver(LOG_BYTES);
            engine = new GatewayEngine(
                    instance,
                    Path.of(client.socketPath()),
                    api.prefix(),
                    dialect == Dialect.PODMAN,
                    calls(),
                    Map.of("Type", log.type(), "Config", log.options()),
                    CreateRequest.ulimits(OwnLimits.read()),
                    settings.worker());
            gateway = new EngineGateway(
                    engine, settings.limits(), ((VertxInternal) vertx.getDelegate()).getEventLoopGroup());
            isolation = new Isolation(engine);
        }
    }

    private EngineCalls calls() {
        return (method, uri, json) -> (switch (method) {
                    case "GET" -> client.get(uri);
                    case "DELETE" -> client.delete(uri);
                    // Without a limit of time: a stop lasts as long as the container takes.
                    default -> json == null ? client.await(HttpMethod.valueOf(method), uri) : client.post(uri, json);
                })
                .map(answer -> new EngineReply(answer.status(), answer.body().getBytes()));
    }

    /** Where a task's sockets are; null if it needs none. */
    Path directory(ContainerSpec spec) {
        return spec.engine() && settings != null ? directory(spec.taskId()) : null;
    }

    private Path directory(String taskId) {
        return settings.directory().resolve(taskId);
    }

    /** Opens a task's engine, if it asks for one, before its container is made. */
    Uni<Void> open(ContainerSpec spec, String initVolume) {
        var ref = new ContainerRef(spec.taskId());
        if (!spec.engine()) {
            without.add(ref);
            return Uni.createFrom().voidItem();
        }
        if (settings == null || !vertx.getDelegate().isNativeTransportEnabled()) {
            return Uni.createFrom()
                    .failure(new RuntimeFailure(
                            NOT_SUPPORTED, "engine: this runner cannot listen for tasks on unix sockets"));
        }
        if (directory(spec.taskId()).resolve(LONGEST_SOCKET).toString().length() > LONGEST_PATH) {
            return Uni.createFrom()
                    .failure(new RuntimeFailure(
                            NOT_SUPPORTED,
                            "engine: paths of sockets have at most " + LONGEST_PATH
                                    + " characters; set fleet.socket-dir to a shorter one than "
                                    + settings.directory()));
        }
        var knocker = new Isolation.Knocker(spec.image(), initVolume, Names.INIT_DIRECTORY, Names.INIT);
        return isolated(knocker)
                .chain(() -> make(directory(spec.taskId())))
                .chain(() -> gateway.open(new GatewayTask(spec.taskId(), directory(spec.taskId()), spec.resources())))
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(ScopedEngine::failed);
    }

    private static RuntimeFailure failed(Throwable failure) {
        return new RuntimeFailure(ENGINE_FAILED, "the task's engine failed: " + failure.getMessage(), failure);
    }

    private Uni<Void> isolated(Isolation.Knocker knocker) {
        return settings.limits().reachHost()
                ? isolation
                        .ensure(knocker)
                        .onFailure(RuntimeFailure.class)
                        .invoke(failure -> LOG.warnf("accepted by the operator: %s", failure.getMessage()))
                        .onFailure(RuntimeFailure.class)
                        .recoverWithNull()
                : isolation.ensure(knocker);
    }

    /** Everybody may enter a task's directory, and nobody but the runner the one above: a task sees only its own. */
    private Uni<Void> make(Path directory) {
        return onWorker(() -> {
            Files.createDirectories(
                    directory.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
    }

    /** Opens it again for a container of an earlier life. */
    Uni<Void> reopen(ContainerRef ref, JsonNode container) {
        boolean has =
                container.path("Config").path("Labels").path(Names.LABEL_ENGINE).asBoolean();
        if (!has || settings == null || !container.path("State").path("Running").asBoolean()) {
            return Uni.createFrom().voidItem();
        }
        JsonNode host = container.path("HostConfig");
        var budget = new Resources(
                host.path("NanoCpus").asLong() / NANOS_PER_MILLI_CPU,
                host.path("Memory").asLong(),
                host.path("PidsLimit").asInt(),
                null);
        Path directory = directory(ref.taskId());
        return make(directory)
                .chain(() -> gateway.open(new GatewayTask(ref.taskId(), directory, budget)))
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(ScopedEngine::failed);
    }

    /** Closes a task's engine and removes all that was made by it. Safe for tasks that have none. */
    Uni<Void> remove(ContainerRef ref) {
        if (without.remove(ref)) {
            return Uni.createFrom().voidItem();
        }
        if (gateway != null) {
            gateway.close(ref.taskId());
        }
        return new Cleanup(calls(), api.prefix(), instance, ref.taskId())
                .all()
                .chain(() -> settings == null ? Uni.createFrom().voidItem() : clear(directory(ref.taskId())))
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(ScopedEngine::failed);
    }

    private Uni<Void> clear(Path directory) {
        return onWorker(() -> {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> sockets = Files.list(directory)) {
                    for (Path socket : sockets.toList()) {
                        Files.deleteIfExists(socket);
                    }
                }
                Files.deleteIfExists(directory);
            }
        });
    }

    private interface FileWork {
        void run() throws IOException;
    }

    private Uni<Void> onWorker(FileWork work) {
        return Uni.createFrom().voidItem().emitOn(settings.worker()).invoke(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
