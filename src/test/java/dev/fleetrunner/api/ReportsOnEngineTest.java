package dev.fleetrunner.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.OnEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports that tasks write in real containers come out in their results. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(180)
class ReportsOnEngineTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SAMPLES = Path.of("src/test/resources/reports");

    private final Client client = Client.known();

    static List<String> runtimes() {
        return ShellTask.runtimes();
    }

    private static JsonNode expected(String sample) throws IOException {
        return JSON.readTree(SAMPLES.resolve("expected/" + sample + ".json").toFile());
    }

    private JsonNode resultWith(String runtime, String sample) throws IOException {
        return client.run(new ShellTask(runtime)
                .artifacts("/workspace/out")
                .env("REPORT", Files.readString(SAMPLES.resolve(sample)))
                .doing("mkdir out && printf '%s' \"$REPORT\" > out/report; exit 1"));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void testsOfEveryFormat(String runtime) throws IOException {
        for (String sample : List.of("pytest.xml", "go-test.json", "tap14.tap")) {
            JsonNode result = resultWith(runtime, sample);
            assertThat(result.get("status").asText()).isEqualTo("failed");
            assertThat(result.get("tests"))
                    .as(sample)
                    .isEqualTo(expected(sample).get("tests"));
            assertThat(result.get("coverage").isNull()).isTrue();
            assertThat(result.get("notes")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void coverageOfEveryFormat(String runtime) throws IOException {
        for (String sample : List.of("coverage-py.xml", "jacoco.xml", "lcov.info")) {
            JsonNode result = resultWith(runtime, sample);
            assertThat(result.get("coverage"))
                    .as(sample)
                    .isEqualTo(expected(sample).get("coverage"));
            assertThat(result.get("tests").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void thePageOfTheTaskShowsThemWithItsFiles(String runtime) throws IOException {
        JsonNode result = resultWith(runtime, "pytest.xml");
        String id = result.get("id").asText();

        String page = client.get("/tasks/" + id, "Accept", "text/html").body();

        assertThat(page)
                .contains("9 tests: 2 passed, 5 failed, 2 skipped.", "test_login", "tests/test_auth.py:5")
                .contains("href=\"/api/v1/tasks/" + id + "/artifacts/workspace/out/report\"")
                .contains("href=\"/api/v1/tasks/" + id + "/artifacts.zip\"");
    }
}
