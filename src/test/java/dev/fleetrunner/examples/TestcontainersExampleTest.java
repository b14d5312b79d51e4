package dev.fleetrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.Engines;
import dev.fleetrunner.service.OnEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps in the README of the example, with its policy, on every engine. */
@Tag("engine")
@QuarkusTest
@TestProfile(TestcontainersExampleTest.WithItsPolicy.class)
@Timeout(600)
class TestcontainersExampleTest {
    private static final String OTHER = "localhost/fleet-runner-base:latest";

    /** The service of the example. */
    public static final class WithItsPolicy extends OnEngine {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put(
                    "fleet.policy-file",
                    TestcontainersExample.PLACE.resolve("policy.yaml").toString());
            return settings;
        }
    }

    private final Client client = Client.known();

    static Stream<String> engines() {
        return Engines.present().stream();
    }

    @BeforeAll
    static void makeReady() throws Exception {
        for (String engine : Engines.present()) {
            TestcontainersExample.makeRedis(Engines.socket(engine));
        }
        TestcontainersExample.fetchLibraries();
        Files.copy(
                TestcontainersExample.PLACE.resolve("pass/RedisCheck.java"),
                TestcontainersExample.FETCHED.resolve("RedisCheck.java"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aTestInATaskHasItsOwnRedis(String engine) throws IOException {
        JsonNode result = result(task(engine));

        assertThat(result.path("status").asText()).as(log(result)).isEqualTo("passed");
        assertThat(log(result).lines()).last().isEqualTo("all is well");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void itsContainersMayUseWhatItMayUse(String engine) throws IOException {
        ObjectNode task = task(engine);
        ArrayNode cmd = (ArrayNode) task.get("cmd");
        cmd.set(2, cmd.get(2).asText().replace("localhost/example-redis:7", OTHER));

        JsonNode result = result(task);

        assertThat(result.path("status").asText()).isEqualTo("failed");
        assertThat(log(result))
                .contains("image " + OTHER + " is denied by rule integration-tests of the policy, which allows"
                        + " images.allow: localhost/fleet-runner-task, localhost/example-redis");
    }

    private ObjectNode task(String engine) throws IOException {
        ObjectNode task = new Example("testcontainers/task").spec().put("runtime", engine);
        ((ObjectNode) task.at("/mounts/0")).put("source", upload());
        return task;
    }

    private String upload() throws IOException {
        Process tar = new ProcessBuilder(
                        "tar",
                        "-C",
                        TestcontainersExample.FETCHED.toString(),
                        "--mode=u=rwX,go=rX",
                        "-cf",
                        "-",
                        "lib",
                        "RedisCheck.java")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        HttpResponse<String> answer = client.post(
                "/api/v1/workspaces",
                BodyPublishers.ofByteArray(tar.getInputStream().readAllBytes()),
                "Content-Type",
                "application/x-tar");
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return Client.json(answer).get("id").asText();
    }

    private JsonNode result(ObjectNode task) {
        String id = client.submit(task.toString());
        HttpResponse<String> answer;
        do {
            answer = client.get("/api/v1/tasks/" + id + "/result?wait=60");
        } while (answer.statusCode() == 202);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Client.json(answer);
    }

    private String log(JsonNode result) {
        return client.get("/api/v1/tasks/" + result.path("id").asText() + "/logs")
                .body();
    }
}
