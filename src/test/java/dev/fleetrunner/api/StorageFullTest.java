package dev.fleetrunner.api;

import static dev.fleetrunner.contract.CauseCode.INVALID_SPEC;
import static dev.fleetrunner.contract.CauseCode.STORAGE_FULL;
import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutRoom;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A service whose disk is too full for new work still serves, and says why it takes none. */
@QuarkusTest
@TestProfile(WithoutRoom.class)
class StorageFullTest {
    private static final String TRUE = "{\"cmd\":[\"true\"]}";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Client client = Client.known();

    @Test
    void refusesASubmissionAndSaysWhenToComeBack() {
        HttpResponse<String> answer = client.post("/api/v1/tasks", TRUE);

        JsonNode problem = problem(answer, 507, STORAGE_FULL);
        assertThat(problem.get("detail").asText()).contains("fleet.storage.min-free");
        assertThat(problem.get("retryable").asBoolean()).isTrue();
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(Client.json(client.get("/api/v1/tasks")).get("tasks")).isEmpty();
        problem(client.post("/api/v1/tasks", "{}"), 400, INVALID_SPEC);
    }

    @Test
    void isReadyAllTheSameAndTellsItsHealth() {
        assertThat(client.get("/q/health/ready").statusCode()).isEqualTo(200);

        JsonNode health = Client.json(client.get("/api/v1/health"));

        assertThat(health.get("status").asText()).isEqualTo("degraded");
        assertThat(health.at("/storage/refusing").asBoolean()).isTrue();
        assertThat(health.at("/storage/free_bytes").asLong()).isPositive();
        assertThat(health.at("/storage/min_free_bytes").asLong()).isEqualTo(7L << 60);
    }

    /** A log without a task is what an earlier life left; the sweep at the start does not see this one, for it is later. */
    @Test
    void tellsItsMetrics() throws IOException {
        Path orphan = Files.createDirectories(Client.data().resolve("logs/XX/01ORPHANXX"));
        Files.write(orphan.resolve("log.ndjson"), new byte[1000]);

        await().atMost(SOON).until(() -> metrics().contains("fleet_storage_items{kind=\"logs\"} 1.0"));

        assertThat(metrics())
                .contains("fleet_storage_bytes{kind=\"logs\"} 1000.0")
                .contains("fleet_storage_items{kind=\"tasks\"} 0.0")
                .contains("fleet_storage_items{kind=\"artifacts\"} 0.0")
                .contains("fleet_storage_refusing 1.0")
                .containsPattern("fleet_storage_free_bytes [1-9]")
                .containsPattern("fleet_retention_sweep_seconds_count [1-9]");
    }

    private String metrics() {
        return client.get("/q/metrics").body();
    }
}
