package dev.fleetrunner.api;

import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.ServiceProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules as their users meet them. */
@QuarkusTest
@TestProfile(PolicyApiTest.WithPolicy.class)
class PolicyApiTest {
    private static final String POLICY =
            """
            profiles:
              narrow:
                images: {allow: ["localhost/*"]}
                limits: {memory: 1Gi}
            rules:
              - {name: everyone, profile: narrow}
            """;

    private final Client client = Client.known();

    /** A service with a policy of its own. */
    public static final class WithPolicy extends ServiceProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path file =
                        Files.createTempDirectory(Path.of("target"), "policy").resolve("policy.yaml");
                Files.writeString(file, POLICY);
                Map<String, String> settings = super.getConfigOverrides();
                settings.put("fleet.policy-file", file.toAbsolutePath().toString());
                return settings;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void write(String policy) throws IOException {
        Files.writeString(Path.of(Client.setting("fleet.policy-file")), policy);
    }

    private JsonNode inForce() {
        return Client.json(client.get("/api/v1/policy"));
    }

    private void awaitInForce(String text) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> inForce().get("text").asText().equals(text)
                        && inForce().get("faults").isEmpty());
    }

    @AfterEach
    void putBack() throws IOException {
        write(POLICY);
        awaitInForce(POLICY);
    }

    private JsonNode check(String spec) {
        HttpResponse<String> answer = client.post("/api/v1/policy/check", spec);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Client.json(answer);
    }

    @Test
    void aDenialNamesTheRuleAndEveryWish() {
        JsonNode problem = problem(
                client.post(
                        "/api/v1/tasks",
                        """
                        {"image": "localhost/agents:1", "cmd": ["/bin/bash", "-lc", "agent-task"], "user": "0:0",
                         "mounts": [{"type": "bind", "source": "/etc", "target": "/host-etc"},
                                    {"type": "bind", "source": "/var/run/docker.sock", "target": "/var/run/docker.sock"}]}"""),
                403,
                CauseCode.POLICY_DENIED);

        assertThat(problem.get("detail").asText()).contains("is denied by rule everyone of the policy");
        assertThat(problem.get("faults").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/user", "/mounts/0/source", "/mounts/1");
    }

    @Test
    void aCheckExplainsWhatWouldBeDenied() {
        JsonNode explained = check("{\"image\": \"python:3.12\", \"cmd\": [\"true\"]}");

        assertThat(explained.get("allowed").asBoolean()).isFalse();
        assertThat(explained.get("rule").asText()).isEqualTo("everyone");
        assertThat(explained.get("profile").asText()).isEqualTo("narrow");
        assertThat(explained.get("denials").findValuesAsText("pointer")).containsExactly("/image");
    }

    @Test
    void aCheckExplainsWhatWouldBeChangedAndRunsNothing() {
        int before =
                Client.json(client.get("/api/v1/tasks?limit=100")).get("tasks").size();

        JsonNode explained = check("{\"cmd\": [\"true\"]}");

        assertThat(explained.get("allowed").asBoolean()).isTrue();
        assertThat(explained.get("changes").findValuesAsText("pointer")).containsExactly("/resources/memory");
        assertThat(explained.at("/spec/resources/memory").asText()).isEqualTo("1Gi");
        assertThat(Client.json(client.get("/api/v1/tasks?limit=100")).get("tasks"))
                .hasSize(before);
    }

    @Test
    void aCheckOfWhatIsNoSpecTellsItsFaults() {
        problem(client.post("/api/v1/policy/check", "{\"cmd\": 1}"), 400, CauseCode.INVALID_SPEC);
        problem(client.post("/api/v1/policy/check", ""), 400, CauseCode.INVALID_SPEC);
    }

    @Test
    void aTaskIsHeldToTheLimitThatTheRuleSets() {
        String id = client.submit("{\"cmd\": [\"true\"]}");

        assertThat(Client.json(client.get("/api/v1/tasks/" + id + "/spec"))
                        .at("/resources/memory")
                        .asText())
                .isEqualTo("1Gi");
    }

    @Test
    void anotherFileIsTakenWithoutARestart() throws IOException {
        String wide = POLICY.replace("localhost/*", "*");
        write(wide);
        awaitInForce(wide);

        assertThat(check("{\"image\": \"python:3.12\", \"cmd\": [\"true\"]}")
                        .get("allowed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aFileWithFaultsLeavesTheRulesAsTheyAreAndIsTold() throws IOException {
        write(POLICY.replace("images:", "image:"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !inForce().get("faults").isEmpty());

        assertThat(inForce().at("/faults/0/remedy").asText()).contains("did you mean profiles.narrow.images?");
        assertThat(inForce().get("text").asText()).isEqualTo(POLICY);
        assertThat(check("{\"cmd\": [\"true\"]}").get("allowed").asBoolean()).isTrue();
    }
}
