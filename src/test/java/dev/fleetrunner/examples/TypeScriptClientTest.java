package dev.fleetrunner.examples;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.WithPodman;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The TypeScript client, of the service's own document, passes its own tests against that service with real containers. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class TypeScriptClientTest {
    private static final Path SOURCE = Path.of("examples/clients/typescript");
    private static final Path COPY = Path.of("target/clients/typescript");

    @TestHTTPResource
    String address;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void passesItsOwnTests() throws IOException, InterruptedException {
        copySource();
        var tests = new OwnTests(COPY, address);

        tests.pass("npm", "ci", "--no-audit", "--no-fund");
        String told = tests.pass("npm", "test");

        assertThat(told).containsPattern("pass [1-9]").contains("fail 0", "skipped 0");
    }

    private static void copySource() throws IOException {
        Files.createDirectories(COPY.resolve("src"));
        for (String file : List.of(
                "package.json",
                "package-lock.json",
                "tsconfig.json",
                "generate.js",
                "src/events.ts",
                "src/fleet.ts",
                "src/fleet.test.ts")) {
            Files.copy(SOURCE.resolve(file), COPY.resolve(file), REPLACE_EXISTING);
        }
    }
}
