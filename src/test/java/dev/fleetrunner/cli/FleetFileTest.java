package dev.fleetrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the file finds Java, and what it keeps for the next start. */
@Timeout(120)
class FleetFileTest {
    private static final String VERSION = "{\"client\":\"unpackaged\"";

    @TempDir
    static Path directory;

    private static Path fleet;

    @TempDir
    Path cache;

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        fleet = FleetFile.make(directory);
    }

    private static String run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            }
        });
        Process process = builder.start();
        String seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return seen + process.waitFor();
    }

    private String version(Map<String, String> environment) throws IOException, InterruptedException {
        return run(environment, fleet.toString(), "version", "--client", "-o", "json");
    }

    private static String java() {
        return System.getProperty("java.home");
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("fleet"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void keepsItsClassesForTheNextStart() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString(), "JAVA_HOME", java());
        assertThat(version(environment)).startsWith(VERSION).endsWith("}\n0");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(kept()).singleElement().asString().endsWith(".jsa"));
        assertThat(version(environment)).startsWith(VERSION).endsWith("}\n0");
    }

    @Test
    void worksWhereNothingCanBeKept() throws IOException, InterruptedException {
        assertThat(version(Map.of("XDG_CACHE_HOME", "/dev/null/x", "JAVA_HOME", java())))
                .startsWith(VERSION);
        assertThat(version(Map.of("XDG_CACHE_HOME", "", "HOME", "", "JAVA_HOME", java())))
                .startsWith(VERSION);
    }

    @Test
    void findsItselfThroughALinkAndInThePath() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(cache.resolve("fleet-link"), fleet);
        Map<String, String> environment =
                Map.of("FLEET_CDS", "off", "JAVA_HOME", java(), "PATH", cache + ":" + System.getenv("PATH"));
        assertThat(run(environment, link.toString(), "version", "--client", "-o", "json"))
                .startsWith(VERSION);
        assertThat(run(environment, "sh", "-c", "fleet-link version --client -o json"))
                .startsWith(VERSION);
    }

    @Test
    void saysThatThereIsNoJava() throws IOException, InterruptedException {
        assertThat(run(Map.of("JAVA_HOME", "", "PATH", "/nonexistent"), "/bin/sh", fleet.toString(), "ls"))
                .startsWith("fleet: there is no java")
                .contains("JAVA_HOME")
                .endsWith("\n2");
        assertThat(version(Map.of("JAVA_HOME", "/nonexistent")))
                .contains("/nonexistent")
                .endsWith("\n2");
    }

    @Test
    void saysThatJavaIsTooOld() throws IOException, InterruptedException {
        Path java =
                Files.writeString(Files.createDirectory(cache.resolve("bin")).resolve("java"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(cache.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertThat(version(Map.of("JAVA_HOME", cache.toString())))
                .contains("11.0.2")
                .endsWith("\n2");
    }
}
