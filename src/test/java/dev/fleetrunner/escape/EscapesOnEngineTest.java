package dev.fleetrunner.escape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.Engines;
import dev.fleetrunner.service.OnEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attempts from inside: each is refused or contained, and the service is as well as before. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(300)
class EscapesOnEngineTest {
    private final Client client = Client.known();

    static Stream<Arguments> attempts() {
        return Engines.present().stream()
                .flatMap(engine -> Attempt.all().stream().map(attempt -> Arguments.of(engine, attempt)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("attempts")
    void isContained(String engine, Attempt attempt) {
        JsonNode result = client.run(attempt.spec(engine));

        String id = result.get("id").asText();
        String log = client.get("/api/v1/tasks/" + id + "/logs?tail=2000", "Accept", "text/plain")
                .body();
        assertThat(log).doesNotContain("ESCAPED");
        assertThat(result.get("status").asText()).as(result + "\n" + log).isIn(attempt.expected());
        JsonNode artifacts = Client.json(client.get("/api/v1/tasks/" + id + "/artifacts"));
        attempt.missing().forEach(name -> assertThat(artifacts.findValuesAsText("path"))
                .allSatisfy(path -> assertThat(path).doesNotEndWith("/" + name)));
    }

    /** Healthy means: it answers, and it still runs tasks. */
    @AfterEach
    void isHealthy() {
        assertThat(client.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(client.run("{\"cmd\": [\"true\"]}").get("status").asText()).isEqualTo("passed");
    }

    @Test
    void thereAreEnoughOfThem() {
        assertThat(Attempt.all()).hasSizeGreaterThanOrEqualTo(35);
    }
}
