package dev.fleetrunner.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.WithPodman;
import dev.fleetrunner.console.WithoutEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The tests that a client brings along, run against the service of a test with real containers. */
final class OwnTests {
    private final Path directory;
    private final String service;

    /** Passes the test over where there is no Podman. */
    OwnTests(Path directory, String address) {
        WithPodman.present();
        this.directory = directory;
        this.service = address.replaceAll("/$", "");
    }

    /** Runs a program in the client's directory, told of the service; it must succeed. What it said. */
    String pass(String... line) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("FLEET_URL", service);
        builder.environment().put("FLEET_TOKEN", WithoutEngine.TOKEN);

        Process tests = builder.start();
        // Its input is nobody's: what waits for some sees the end of it.
        tests.getOutputStream().close();
        String told = new String(tests.getInputStream().readAllBytes(), UTF_8);

        assertThat(tests.waitFor()).as("%s said: %s", List.of(line), told).isZero();
        return told;
    }
}
