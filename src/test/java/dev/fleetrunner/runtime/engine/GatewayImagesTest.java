package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.Caller.Share;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.ImageRule;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The containers of a task use the images that the policy allowed the task, by whatever name. */
@Tag("engine")
@ParameterizedClass(name = "{0}")
@MethodSource("fixtures")
class GatewayImagesTest {
    private static final String ALLOWED = "localhost/fleet-runner-base";
    private static final String DENIED = "localhost/fleet-runner-task:latest";
    private static final GatewayLimits PULLING = new GatewayLimits(10, true, false);

    static Stream<EngineFixture> fixtures() {
        return GatewayTest.fixtures();
    }

    @Parameter
    EngineFixture fixture;

    private GatewayTasks tasks;

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void anImageIsAllowedByTheNamesThatItHasOnTheEngine() {
        GatewayClient engine =
                open(new ImageRule(List.of(ALLOWED), false), false).engine();
        String id = engine.get("/images/" + ALLOWED + ":latest/json")
                .json()
                .path("Id")
                .asText();

        made(engine, ALLOWED + ":latest");
        made(engine, ALLOWED);
        made(engine, id);
        made(engine, id.replace("sha256:", "").substring(0, 12));
    }

    @Test
    void aContainerIsSaidToBeOfTheImageThatTheTaskNamed() {
        GatewayClient engine =
                open(new ImageRule(List.of(ALLOWED), false), false).engine();
        String container = made(engine, ALLOWED);

        assertThat(engine.get("/containers/" + container + "/json")
                        .json()
                        .at("/Config/Image")
                        .asText())
                .isEqualTo(ALLOWED);
        JsonNode row = engine.get("/containers/json?all=1").json().path(0);
        assertThat(row.path("Image").asText()).isEqualTo(ALLOWED);
        assertThat(row.path("Labels")).isEmpty();
    }

    @Test
    void othersAreRefusedByEveryName() {
        GatewayClient engine =
                open(new ImageRule(List.of(ALLOWED), false), true).engine();
        String id = onTheEngine("images/" + DENIED + "/json").path("Id").asText();

        for (String name : List.of(
                DENIED,
                "localhost/fleet-runner-task",
                "fleet-runner-task",
                id,
                id.replace("sha256:", ""),
                id.replace("sha256:", "").substring(0, 12),
                "localhost/not-there:1")) {
            denied(create(engine, name), "images.allow: " + ALLOWED);
            denied(engine.get("/images/" + name + "/json"), "images.allow: " + ALLOWED);
        }
        assertThat(create(engine, ALLOWED + ":not-there").status()).isEqualTo(404);
        assertThat(engine.get("/containers/json?all=1").json()).isEmpty();
    }

    @Test
    void othersAreNotListed() {
        GatewayClient engine =
                open(new ImageRule(List.of(ALLOWED), false), false).engine();

        assertThat(engine.get("/images/json").json())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.path("RepoTags").toString()).contains(ALLOWED));
    }

    @Test
    void theRunnersOwnImagesAreNotThere() {
        GatewayClient engine = open(ImageRule.ALL, false).engine();
        JsonNode seed = StreamSupport.stream(onTheEngine("images/json").spliterator(), false)
                .filter(row -> row.path("RepoTags").toString().contains("localhost/fleetrunner-seed-"))
                .findFirst()
                .orElseThrow();

        assertThat(create(engine, seed.path("RepoTags").path(0).asText()).status())
                .isEqualTo(404);
        assertThat(create(engine, seed.path("Id").asText()).status()).isEqualTo(404);
    }

    @Test
    void aDigestIsWantedOfContainersToo() {
        GatewayClient engine =
                open(new ImageRule(List.of(ALLOWED), true), false).engine();
        JsonNode image = engine.get("/images/" + ALLOWED + "/json").json();

        denied(create(engine, ALLOWED + ":latest"), "images.digest");
        denied(create(engine, image.path("Id").asText()), "images.digest");
        denied(
                create(
                        engine,
                        DENIED.replace(":latest", "") + "@" + image.path("Id").asText()),
                "images.allow");
        // Docker knows none of what it did not pull.
        image.path("RepoDigests").forEach(digest -> made(engine, digest.asText()));
    }

    @Test
    void pullsAreThePolicysToo() {
        GatewayClient without = open(new ImageRule(List.of("*"), false), false).engine();
        GatewayClient narrow =
                start(new ImageRule(List.of("registry.example/*"), false), true).engine();
        GatewayClient pinned = start(new ImageRule(List.of("*"), true), true).engine();

        denied(without.post("/images/create?fromImage=registry.example/db&tag=1", null), "images.pull");
        for (String other : List.of(
                "fromImage=redis&tag=7",
                "fromImage=docker.io/registry.example/db&tag=7",
                "fromImage=other.example/db%3A1",
                "fromImage=other.example/db&tag=sha256%3A" + "0".repeat(64))) {
            denied(narrow.post("/images/create?" + other, null), "images.allow: registry.example/*");
        }
        denied(pinned.post("/images/create?fromImage=registry.example/db&tag=1", null), "images.digest");
        assertThat(narrow.post("/images/create?fromImage=registry.example/db%3A1&tag=2", null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theRuleOutlivesTheRunner() {
        GatewayTasks.Task task = open(new ImageRule(List.of(ALLOWED), false), true);

        tasks.restart(PULLING);
        GatewayClient engine = tasks.adopt(task).engine();

        denied(create(engine, DENIED), "images.allow: " + ALLOWED);
        denied(engine.post("/images/create?fromImage=redis&tag=7", null), "images.allow: " + ALLOWED);
        made(engine, ALLOWED);
    }

    private GatewayTasks.Task open(ImageRule images, boolean pull) {
        tasks = new GatewayTasks(fixture, PULLING);
        return start(images, pull);
    }

    private GatewayTasks.Task start(ImageRule images, boolean pull) {
        Grant grant = new Grant("narrow", List.of(), pull, List.of(), Share.WHOLE, images, List.of("*"));
        return tasks.start(GatewayTasks.IMAGE, Map.of(), List.of(), "sleep 300", grant);
    }

    private static GatewayClient.Answer create(GatewayClient engine, String image) {
        return engine.post("/containers/create", "{\"Image\":\"" + image + "\",\"Cmd\":[\"sleep\",\"300\"]}");
    }

    private static String made(GatewayClient engine, String image) {
        GatewayClient.Answer answer = create(engine, image);
        assertThat(answer.status()).as(image + ": " + answer.body()).isEqualTo(201);
        return answer.json().path("Id").asText();
    }

    private static void denied(GatewayClient.Answer answer, String allowed) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.message()).contains("denied by rule narrow of the policy", allowed);
    }

    /** What the engine itself says. */
    private JsonNode onTheEngine(String what) {
        return new GatewayClient(Path.of(fixture.socket()))
                .get("/v1.41/" + what)
                .json();
    }
}
