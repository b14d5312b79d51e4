package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.RuntimeFixture;
import io.vertx.core.VertxOptions;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A real engine behind the socket that {@code FLEET_TEST_PODMAN_SOCKET} or {@code FLEET_TEST_DOCKER_SOCKET} names. */
public final class EngineFixture implements RuntimeFixture {
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

    @Override
    public void close(ContainerRuntime runtime) {
        ((EngineRuntime) runtime).close();
    }

    /** A client of the engine. */
    EngineClient client(Vertx vertx) {
        return new EngineClient(vertx, socket);
    }

    /** Removes an image from the engine, if it is there. */
    void removeImage(String image) {
        try (var client = new EngineClient(VERTX, socket)) {
            client.delete("/v1.41/images/" + image + "?force=true").await().indefinitely();
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
