package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a task can do with its engine. */
@Tag("engine")
@ParameterizedClass(name = "{0}")
@MethodSource("fixtures")
class GatewayTest {
    private static final String SLEEPER =
            "{\"Image\":\"" + GatewayTasks.IMAGE + "\",\"Cmd\":[\"sleep\",\"300\"],\"HostConfig\":{%s}}";

    static Stream<EngineFixture> fixtures() {
        return Stream.of(new EngineFixture(Dialect.PODMAN), new EngineFixture(Dialect.DOCKER))
                .filter(EngineFixture::available);
    }

    @Parameter
    EngineFixture fixture;

    private GatewayTasks tasks;

    @BeforeEach
    void open() {
        tasks = new GatewayTasks(fixture, GatewayLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void aContainerIsMadeStartedSeenAndRemoved() {
        GatewayClient engine = tasks.idle().engine();

        GatewayClient.Answer made = engine.post("/v1.41/containers/create?name=db", SLEEPER.formatted(""));

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String id = made.json().path("Id").asText();
        assertThat(engine.post("/containers/db/start", null).status()).isEqualTo(204);
        JsonNode seen =
                engine.get("/v1.40/containers/" + id.substring(0, 12) + "/json").json();
        assertThat(seen.path("Name").asText()).isEqualTo("/db");
        assertThat(seen.path("State").path("Running").asBoolean()).isTrue();
        assertThat(seen.toString()).doesNotContain("fleetrunner");
        JsonNode list = engine.get("/containers/json").json();
        assertThat(list).hasSize(1);
        assertThat(list.path(0).path("Names").path(0).asText()).isEqualTo("/db");
        assertThat(engine.delete("/containers/db?force=1").status()).isEqualTo(204);
        assertThat(engine.get("/containers/json?all=1").json()).isEmpty();
    }

    @Test
    void theTaskFindsItsEngineAtTheCustomaryPath() {
        GatewayTasks.Task task = tasks.start(
                GatewayTasks.IMAGE,
                Map.of(),
                List.of(),
                "env | grep -E 'DOCKER_HOST|TESTCONTAINERS' | sort; ls -l /var/run/docker.sock; perl -e '"
                        + "use IO::Socket::UNIX; $s=IO::Socket::UNIX->new(Peer=>\"/var/run/docker.sock\") or die $!;"
                        + "print $s \"GET /_ping HTTP/1.0\\r\\n\\r\\n\"; print <$s>'");

        assertThat(GatewayTasks.output(task))
                .contains("DOCKER_HOST=unix:///run/fleet/docker.sock")
                .contains("TESTCONTAINERS_RYUK_DISABLED=true")
                .contains("200 OK")
                .endsWith("exit 0");
    }

    @Test
    void containersFindEachOtherByNameAndAlias() {
        GatewayClient engine = tasks.idle().engine();
        engine.post("/networks/create", "{\"Name\":\"net\"}");
        String joined = "\"NetworkMode\":\"net\"";
        String aliased = SLEEPER.formatted(joined)
                .replaceFirst(
                        "\\{", "{\"NetworkingConfig\":{\"EndpointsConfig\":{\"net\":{\"Aliases\":[\"cache\"]}}},");
        run(engine, "old", SLEEPER.formatted(joined));
        run(engine, "db", aliased);
        run(engine, "app", SLEEPER.formatted(joined));

        assertThat(exec(engine, "app", "getent hosts db && getent hosts cache"))
                .contains("db")
                .contains("cache");
        assertThat(exec(engine, "old", "getent hosts cache")).contains("cache");
        assertThat(exec(engine, "app", "getent hosts example.org || echo unknown"))
                .contains("unknown");
    }

    @Test
    void twoTasksMayUseTheSameNames() {
        GatewayClient one = tasks.idle().engine();
        GatewayClient two = tasks.idle().engine();
        for (GatewayClient engine : List.of(one, two)) {
            assertThat(engine.post("/networks/create", "{\"Name\":\"net\"}").status())
                    .isEqualTo(201);
            assertThat(engine.post("/volumes/create", "{\"Name\":\"data\"}").status())
                    .isEqualTo(201);
            assertThat(engine.post("/containers/create?name=db", SLEEPER.formatted("\"Binds\":[\"data:/data\"]"))
                            .status())
                    .isEqualTo(201);
        }

        assertThat(one.get("/networks").json()).hasSize(2);
        assertThat(one.get("/volumes").json().path("Volumes")).hasSize(1);
        assertThat(one.get("/volumes/data").json().path("Name").asText()).isEqualTo("data");
    }

    @Test
    void everythingGoesWithTheTaskEvenAfterACrash() {
        GatewayTasks.Task task = tasks.idle();
        run(task.engine(), "db", SLEEPER.formatted("\"Binds\":[\"data:/data\"]"));
        tasks.restart(GatewayLimits.DEFAULT);

        tasks.remove(task);

        assertThat(tasks.runtime.owned().collect().asList().await().atMost(GatewayTasks.LIMIT))
                .isEmpty();
        assertThat(tasks.directory(task.id())).doesNotExist();
        assertThat(fixture.leftOf(task.id())).isEmpty();
    }

    @Test
    void aTakeoverGivesTheTaskItsEngineAgain() {
        GatewayTasks.Task task = tasks.idle();
        run(task.engine(), "db", SLEEPER.formatted(""));
        tasks.restart(GatewayLimits.DEFAULT);

        GatewayTasks.Task again = tasks.adopt(task);

        assertThat(again.engine().get("/containers/db/json").status()).isEqualTo(200);
    }

    private static void run(GatewayClient engine, String name, String json) {
        GatewayClient.Answer made = engine.post("/containers/create?name=" + name, json);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        GatewayClient.Answer started = engine.post("/containers/" + name + "/start", null);
        assertThat(started.status()).as(started.body()).isEqualTo(204);
    }

    private static String exec(GatewayClient engine, String name, String script) {
        GatewayClient.Answer made = engine.post(
                "/containers/" + name + "/exec",
                "{\"AttachStdout\":true,\"AttachStderr\":true,\"Tty\":false,\"Cmd\":[\"sh\",\"-c\",\"" + script
                        + "\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return engine.post("/exec/" + made.json().path("Id").asText() + "/start", "{\"Detach\":false,\"Tty\":false}")
                .body();
    }
}
