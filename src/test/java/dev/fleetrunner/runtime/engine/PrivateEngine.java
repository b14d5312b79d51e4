package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxOptions;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An engine for one test class alone, whose daemon may be killed. */
final class PrivateEngine implements AutoCloseable {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    private final Dialect dialect;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final String socket;

    /** Starts it, with the base image. */
    PrivateEngine(Dialect dialect) {
        this.dialect = dialect;
        engines("up", dialect.word());
        String prefix = "FLEET_TEST_" + dialect.word().toUpperCase(Locale.ROOT) + "_SOCKET=";
        this.socket = engines("env")
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElseThrow();
        script("base-image", socket);
    }

    EngineRuntime open(String instance) {
        return new EngineRuntime(dialect, instance, vertx, socket);
    }

    /** Kills its daemon as a crash would. */
    void crash() {
        engines("crash", dialect.word());
    }

    /** Starts the daemon again on the same storage and socket. */
    void revive() {
        engines("revive", dialect.word());
    }

    /** Stops it; its images stay for the next time. */
    @Override
    public void close() {
        vertx.closeAndAwait();
        engines("down");
    }

    private String engines(String... arguments) {
        return script("engines", arguments);
    }

    private String script(String name, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(REPOSITORY.resolve("scripts/" + name).toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put(
                        "ENGINES_DIR",
                        REPOSITORY
                                .resolve("target/engine-loss/" + dialect.word())
                                .toString());
        try {
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("exit code of %s", line).isZero();
            return out;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
