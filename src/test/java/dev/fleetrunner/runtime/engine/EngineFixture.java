package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.RuntimeFixture;
import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A real engine behind the socket that {@code FLEET_TEST_PODMAN_SOCKET} or {@code FLEET_TEST_DOCKER_SOCKET} names; with
 * gVisor where {@code FLEET_TEST_PODMAN_GVISOR_SOCKET} names one, or Docker has the runtime {@code runsc}.
 */
public final class EngineFixture implements RuntimeFixture {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String API = "/v1.41";
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

    /** See {@code GvisorTest} for what holds there. */
    private static final Set<String> DIFFERING = Set.of(
            "memoryThatRanOutIsTold",
            "usageOfAShortCommandIsTold",
            "aForkBombIsHeld",
            "theReceiptIsWhatTheKernelKeeps",
            "thereAreNoCapabilitiesAndNoWayToNewOnes",
            "capabilitiesAreThoseThatWereGrantedAndNoOthers",
            "thereIsNoNetwork",
            "openReachesTheMachine",
            "theRunnersOwnWordsAreNotTheTasks",
            "manySmallFilesUseABudgetUp",
            // These ask stat(1), which gVisor's release of 2022 has an invalid argument for.
            "aCopyIsThereWithItsOwnersAndModes",
            "aCacheIsKeptBetweenTasks",
            "otherMountsLieOnACopy",
            "workPlacesBeginAsTheImageHasThemAndCopiesCoverWhatItHas",
            "memoryLiesOnAReadOnlyCopyAndOnADirectoryOfTheImage");

    private static final Wall GVISOR = new Wall("gvisor", "runsc", null, true);

    private static final Wall USERNS = new Wall("userns", null, "/its/own.sock", false);

    /** Podman of a user who is not root, which {@code FLEET_TEST_PODMAN_USERNS_SOCKET} names. */
    public static final EngineFixture PODMAN_ROOTLESS =
            new EngineFixture("podman-rootless", Walls.only(Dialect.PODMAN, USERNS), Dialect.PODMAN, "userns");
    /** Docker with userns-remap, which {@code FLEET_TEST_DOCKER_USERNS_SOCKET} names. */
    public static final EngineFixture DOCKER_USERNS =
            new EngineFixture("docker-userns", Walls.only(Dialect.DOCKER, USERNS), Dialect.DOCKER, "userns");

    public static final EngineFixture PODMAN_GVISOR =
            new EngineFixture("podman-gvisor", Walls.only(Dialect.PODMAN, GVISOR), Dialect.PODMAN, "gvisor");
    public static final EngineFixture DOCKER_GVISOR =
            new EngineFixture("docker-gvisor", Walls.of(Dialect.DOCKER, List.of(GVISOR)), Dialect.DOCKER, "gvisor");

    private final Map<ContainerRuntime, TestEgress> egresses = new ConcurrentHashMap<>();
    private final String name;
    private final Walls walls;
    private final Dialect dialect;
    private final String isolation;
    private final String socket;

    public EngineFixture(Dialect dialect) {
        this(dialect.word(), Walls.of(dialect, List.of()), dialect, TaskSpec.DEFAULT_ISOLATION);
    }

    private EngineFixture(String name, Walls walls, Dialect dialect, String isolation) {
        this.name = name;
        this.walls = walls;
        this.dialect = dialect;
        this.isolation = isolation;
        this.socket = System.getenv(
                "FLEET_TEST_" + walls.runtimeName().toUpperCase(Locale.ROOT).replace('-', '_') + "_SOCKET");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String isolation() {
        return isolation;
    }

    @Override
    public Set<String> differing() {
        return isolation.equals(GVISOR.name()) ? DIFFERING : Set.of();
    }

    /** Whether an engine is there, and gives the wall. */
    @Override
    public boolean available() {
        if (socket == null || !Files.exists(Path.of(socket))) {
            return false;
        }
        try (var runtime = new EngineRuntime(dialect, walls, "nobody", VERTX, socket, null)) {
            return isolation.equals(TaskSpec.DEFAULT_ISOLATION)
                    || runtime.probe().await().atMost(LIMIT) instanceof RuntimeStatus.Up up
                            && up.isolations().contains(isolation);
        }
    }

    @Override
    public ContainerRuntime open(String instance) {
        return open(instance, walls);
    }

    /** Engines of gVisor as if their operator had not let tasks connect to sockets. */
    public ContainerRuntime openWithoutSockets(String instance) {
        Wall shut = new Wall(GVISOR.name(), GVISOR.runtime(), null, false);
        return open(
                instance, dialect.choosesTheRuntime() ? Walls.of(dialect, List.of(shut)) : Walls.only(dialect, shut));
    }

    /** The engine with other walls. */
    ContainerRuntime open(String instance, Walls given) {
        return open(instance, given, GatewayLimits.DEFAULT);
    }

    /** The engine whose tasks may do this with engines of their own. */
    EngineRuntime open(String instance, GatewayLimits limits) {
        return open(instance, walls, limits);
    }

    private EngineRuntime open(String instance, Walls given, GatewayLimits limits) {
        TestEgress egress = TestEgress.open(VERTX, instance);
        var runtime = new EngineRuntime(
                dialect, given, instance, VERTX, socket, new OutletSettings(egress.egress(), limits, egress.worker()));
        egresses.put(runtime, egress);
        return runtime;
    }

    /** Where a task of a runtime has its sockets. */
    Path place(ContainerRuntime runtime, String taskId) {
        return egresses.get(runtime).egress().place(taskId);
    }

    String socket() {
        return socket;
    }

    @Override
    public void close(ContainerRuntime runtime) {
        ((EngineRuntime) runtime).close();
        egresses.remove(runtime).close();
    }

    /** What the engine still has of a task: containers, networks and volumes, by name. */
    List<String> leftOf(String taskId) {
        List<String> left = new ArrayList<>();
        try (var client = new EngineClient(VERTX, socket)) {
            ok(client.get(API + "/containers/json?all=1"))
                    .forEach(row -> left.add(row.path("Names").path(0).asText()));
            ok(client.get(API + "/networks"))
                    .forEach(row -> left.add(row.path("Name").asText()));
            ok(client.get(API + "/volumes"))
                    .path("Volumes")
                    .forEach(row -> left.add(row.path("Name").asText()));
        }
        left.removeIf(name -> !name.contains(taskId));
        return left;
    }

    /** A client of the engine. */
    EngineClient client(Vertx vertx) {
        return new EngineClient(vertx, socket);
    }

    @Override
    public void makeImage(String name, String script) {
        try (var client = new EngineClient(VERTX, socket)) {
            Map<String, Object> limit = Map.of("Name", "nofile", "Soft", 1024, "Hard", 1024);
            Map<String, Object> processes = Map.of("Name", "nproc", "Soft", 1024, "Hard", 1024);
            String id = ok(client.post(
                            API + "/containers/create",
                            Map.of(
                                    "Image", "localhost/fleet-runner-base:latest",
                                    "User", "0:0",
                                    "Entrypoint", List.of("/bin/sh", "-ec"),
                                    "Cmd", List.of(script),
                                    "HostConfig", Map.of("NetworkMode", "none", "Ulimits", List.of(limit, processes)))))
                    .path("Id")
                    .asText();
            String uri = API + "/containers/" + id;
            client.post(uri + "/start", null).await().atMost(LIMIT);
            int exit = ok(client.await(HttpMethod.POST, uri + "/wait"))
                    .path("StatusCode")
                    .asInt();
            if (exit != 0) {
                throw new IllegalStateException("the script for " + name + " ended with " + exit);
            }
            String[] parts = name.split(":");
            ok(client.post(
                    API + "/commit?container=" + id + "&repo=" + parts[0] + "&tag=" + parts[1]
                            + "&changes=USER%201000:1000&changes=ENTRYPOINT%20%5B%5D",
                    Map.of()));
            client.delete(uri + "?force=true&v=true").await().atMost(LIMIT);
        }
    }

    /** The engine's networks that bear a task's label. */
    List<String> networksOf(String taskId) {
        try (var client = new EngineClient(VERTX, socket)) {
            String filter = EngineClient.encode("{\"label\":[\"" + Names.LABEL_TASK + "=" + taskId + "\"]}");
            return ok(client.get(API + "/networks?filters=" + filter)).findValuesAsText("Name");
        }
    }

    private static JsonNode ok(Uni<EngineAnswer> call) {
        return call.await()
                .atMost(LIMIT)
                .orFail(ENGINE_FAILED, "an image for the test cannot be made")
                .json();
    }

    @Override
    public void removeImage(String image) {
        try (var client = new EngineClient(VERTX, socket)) {
            client.delete(API + "/images/" + image + "?force=true").await().indefinitely();
        }
    }

    @Override
    public String inspect(ContainerRef ref) {
        return look(ref).toString();
    }

    @Override
    public Set<Path> directories(ContainerRef ref) {
        JsonNode container = look(ref);
        Set<Path> directories = new HashSet<>();
        for (String file : List.of("LogPath", "HostnamePath", "ResolvConfPath")) {
            String path = container.path(file).asText();
            if (!path.isEmpty()) {
                directories.add(Path.of(path).getParent());
            }
        }
        for (JsonNode mount : container.path("Mounts")) {
            if (mount.path("Type").asText().equals("volume")) {
                directories.add(Path.of(mount.path("Source").asText()));
            }
        }
        return directories;
    }

    private JsonNode look(ContainerRef ref) {
        try (var client = new EngineClient(VERTX, socket)) {
            return ok(client.get(API + "/containers/" + Names.container(ref) + "/json"));
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
