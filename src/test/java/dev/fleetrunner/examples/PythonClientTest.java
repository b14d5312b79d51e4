package dev.fleetrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.WithPodman;
import dev.fleetrunner.console.WithoutEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Python client passes its own tests against a real service with real containers. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class PythonClientTest {
    private static final Path DIRECTORY = Path.of("examples/clients/python");

    @TestHTTPResource
    String address;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void passesItsOwnTests() throws IOException, InterruptedException {
        WithPodman.present();
        var builder = new ProcessBuilder("python3", "-B", "-W", "error", "-m", "unittest", "-v")
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true);
        builder.environment().put("FLEET_URL", address.replaceAll("/$", ""));
        builder.environment().put("FLEET_TOKEN", WithoutEngine.TOKEN);

        Process tests = builder.start();
        String told = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tests.waitFor()).as(told).isZero();
        assertThat(told).contains("OK").doesNotContain("Ran 0 tests");
    }
}
