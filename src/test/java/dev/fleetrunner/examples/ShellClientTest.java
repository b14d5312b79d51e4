package dev.fleetrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.WithPodman;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shell client passes its own tests against a real service with real containers. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class ShellClientTest {
    @TestHTTPResource
    String address;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void passesItsOwnTests() throws IOException, InterruptedException {
        var tests = new OwnTests(Path.of("examples/clients/shell"), address);

        String told = tests.pass("bats", "test.bats");

        assertThat(told).contains("ok 1 ").doesNotContain("not ok", "# skip");
    }

    @Test
    void passesShellcheck() throws IOException, InterruptedException {
        var tests = new OwnTests(Path.of("examples/clients/shell"), address);

        assertThat(tests.pass("shellcheck", "fleet.sh")).isEmpty();
    }
}
