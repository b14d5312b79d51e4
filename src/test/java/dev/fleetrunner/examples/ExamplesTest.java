package dev.fleetrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.Engines;
import dev.fleetrunner.service.OnEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example gives the result that stands beside it, on every engine and without a network.
 *
 * <p>{@code -Dexamples.write=true} writes the specs' workspaces and the results anew instead of comparing them.
 */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(600)
class ExamplesTest {
    private static final boolean WRITE = Boolean.getBoolean("examples.write");

    private final Client client = Client.known();

    static Stream<Arguments> examples() {
        return Engines.present().stream()
                .flatMap(engine -> Example.runnable().stream().map(example -> Arguments.of(example, engine)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("examples")
    void comesOutAsItSays(Example example, String engine) throws Exception {
        ObjectNode spec = withWorkspace(example).put("runtime", engine);

        String id = client.submit(spec.toString());
        if (example.name().equals("cancelled")) {
            cancelOnceItWrites(id);
        }
        JsonNode result = Normal.of(resultOf(id));

        if (WRITE) {
            example.expect(result);
        }
        assertThat(result).as(log(id)).isEqualTo(example.expected());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theSecondRunFindsWhatTheFirstLeftInTheCache(String engine) {
        ObjectNode spec = new Example("cache").spec().put("runtime", engine);
        // A name of its own: the cache of the example itself has been filled by the test above.
        ((ObjectNode) spec.at("/mounts/0")).put("source", "example-" + System.nanoTime());

        String first = client.run(spec.toString()).get("id").asText();
        String second = client.run(spec.toString()).get("id").asText();

        assertThat(log(first)).startsWith("making it");
        assertThat(log(second)).startsWith("from the cache: ");
    }

    static Stream<String> engines() {
        return Engines.present().stream();
    }

    private ObjectNode withWorkspace(Example example) throws IOException {
        ObjectNode spec = example.spec();
        if (example.hasWorkspace()) {
            String id = upload(example);
            ObjectNode mount = (ObjectNode) spec.at("/mounts/0");
            if (WRITE) {
                String text = java.nio.file.Files.readString(example.file());
                java.nio.file.Files.writeString(
                        example.file(), text.replace(mount.get("source").asText(), id));
                mount.put("source", id);
            }
            assertThat(mount.get("source").asText())
                    .as("the workspace that %s names", example.file())
                    .isEqualTo(id);
        }
        return spec;
    }

    /** As the README of the examples does it, so that the same content has the same id everywhere. */
    private String upload(Example example) throws IOException {
        Process tar = new ProcessBuilder(
                        "tar", "-C", example.workspace().toString(), "--mode=u=rwX,go=rX", "-cf", "-", ".")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] archive = tar.getInputStream().readAllBytes();
        HttpResponse<String> answer = client.post(
                "/api/v1/workspaces", BodyPublishers.ofByteArray(archive), "Content-Type", "application/x-tar");
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return Client.json(answer).get("id").asText();
    }

    private void cancelOnceItWrites(String id) {
        await().atMost(Duration.ofSeconds(60)).until(() -> !log(id).isEmpty());
        assertThat(client.post("/api/v1/tasks/" + id + "/cancel", "").statusCode())
                .isIn(200, 202);
    }

    private JsonNode resultOf(String id) {
        HttpResponse<String> answer;
        do {
            answer = client.get("/api/v1/tasks/" + id + "/result?wait=60");
        } while (answer.statusCode() == 202);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Client.json(answer);
    }

    private String log(String id) {
        return client.get("/api/v1/tasks/" + id + "/logs").body();
    }
}
