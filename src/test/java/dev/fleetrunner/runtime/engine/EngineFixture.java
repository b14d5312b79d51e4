package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.RuntimeFixture;
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

/** A real engine behind the socket that {@code FLEET_TEST_PODMAN_SOCKET} or {@code FLEET_TEST_DOCKER_SOCKET} names. */
public final class EngineFixture implements RuntimeFixture {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String API = "/v1.41";
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

    private final Dialect dialect;
    private final String socket;

    public EngineFixture(Dialect dialect) {
        this.dialect = dialect;
        this.socket = System.getenv("FLEET_TEST_" + dialect.word().toUpperCase(Locale.ROOT) + "_SOCKET");
    }

    @Override
    public String name() {
        return dialect.word();
    }

    @Override
    public boolean available() {
        return socket != null && Files.exists(Path.of(socket));
    }

    @Override
    public ContainerRuntime open(String instance) {
        return new EngineRuntime(dialect, instance, VERTX, socket);
    }

    /** A runtime whose tasks may have an engine of their own. */
    EngineRuntime open(String instance, ScopedEngine.Settings scopedEngines) {
        return new EngineRuntime(dialect, instance, VERTX, socket, scopedEngines);
    }

    @Override
    public void close(ContainerRuntime runtime) {
        ((EngineRuntime) runtime).close();
    }

    String socket() {
        return socket;
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
