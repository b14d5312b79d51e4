package dev.fleetrunner.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the example of Testcontainers needs before it can run, by the programs that its README names. */
public final class TestcontainersExample {
    /** Where the example is. */
    public static final Path PLACE = Path.of("examples/testcontainers").toAbsolutePath();
    /** Where what it fetches is kept between tests. */
    public static final Path FETCHED = Path.of("target/testcontainers").toAbsolutePath();

    private static final File NOTHING = new File("/dev/null");

    private TestcontainersExample() {}

    /** Fetches Testcontainers for Java into {@code lib}, if it is not there. */
    public static void fetchLibraries() throws IOException, InterruptedException {
        if (!Files.isDirectory(FETCHED.resolve("lib"))) {
            run(
                    "./mvnw",
                    "-q",
                    "-B",
                    "-f",
                    PLACE.resolve("pom.xml").toString(),
                    "org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies",
                    "-DoutputDirectory=" + FETCHED.resolve("lib"));
        }
    }

    /** Makes the image of Redis on the engine behind a socket. */
    public static void makeRedis(String socket) throws IOException, InterruptedException {
        run(PLACE.resolve("redis-image").toString(), socket);
    }

    /** Runs a program that must succeed. It gets none of this one's own streams: those are the test runner's. */
    public static void run(String... line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectInput(NOTHING)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("exit code of %s, which said: %s", List.of(line), output)
                .isZero();
    }
}
