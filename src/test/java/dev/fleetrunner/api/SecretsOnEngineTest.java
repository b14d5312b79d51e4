package dev.fleetrunner.api;

import static dev.fleetrunner.service.Problems.problem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.engine.Dialect;
import dev.fleetrunner.runtime.engine.EngineFixture;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.Engines;
import dev.fleetrunner.service.ServerEvents.Event;
import dev.fleetrunner.service.ServiceProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret on its way through the whole service, in real containers: whoever asks whatever door is not told it. */
@Tag("engine")
@QuarkusTest
@TestProfile(SecretsOnEngineTest.WithSecrets.class)
@Timeout(180)
class SecretsOnEngineTest {
    private static final String TASKS = "/api/v1/tasks/";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String VALUE = "s3cr3t+" + UUID.randomUUID() + "/end";
    private static final String BASE64 = Base64.getEncoder().encodeToString(VALUE.getBytes(UTF_8));
    private static final String URL = URLEncoder.encode(VALUE, UTF_8);

    private static final String POLICY =
            """
            profiles:
              some:
                images: {allow: ["*"]}
                secrets: ["given-*"]
            rules:
              - {name: those-with-secrets, profile: some}
            """;
    /** Shows the secret in every way that is masked, one of them in two writes. */
    private static final String SHOWS =
            """
            echo "file $(cat $TOKEN)"; echo "env $KEY"; echo "err $KEY" >&2
            echo "base64 $(printf %s "$KEY" | base64 -w0)"
            echo "url $(printf %s "$KEY" | sed 's/+/%2B/; s,/,%2F,')"
            printf 'parts '; head -c 9 $TOKEN; sleep 0.5; tail -c +10 $TOKEN; echo
            cp $TOKEN copy
            echo "<testsuite><testcase name='$KEY' classname='c'><failure message='$KEY'/></testcase></testsuite>" > r.xml
            echo ready; exec sleep 60""";

    private final Client client = Client.known();

    /** A service on the test engines with secrets in a directory, and a policy that gives some of them. */
    public static final class WithSecrets extends ServiceProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            try {
                Path directory =
                        Files.createTempDirectory(Path.of("target"), "secrets").toAbsolutePath();
                Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
                settings.put("fleet.policy-file", policy.toString());
                settings.put(
                        "fleet.secrets.dir",
                        Files.createDirectory(directory.resolve("values")).toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // Profiles are made for tests that are left out, too.
            String sockets = Engines.present().stream().map(Engines::socket).collect(Collectors.joining(","));
            settings.put("fleet.engine.sockets", sockets.isEmpty() ? "/nonexistent/engine.sock" : sockets);
            settings.put("fleet.max-concurrent", "1");
            return settings;
        }
    }

    static List<String> runtimes() {
        return ShellTask.runtimes();
    }

    private static Path secret(String name) {
        return Path.of(Client.setting("fleet.secrets.dir"), name);
    }

    @BeforeEach
    void put() throws IOException {
        Files.writeString(secret("given-token"), VALUE);
    }

    private static ShellTask withSecret(String runtime, String name) {
        return new ShellTask(runtime).secret("TOKEN", name, "file").secret("KEY", name, "env");
    }

    private static Set<Path> engineFiles(String runtime, String id) {
        return new EngineFixture(Dialect.valueOf(runtime.toUpperCase(Locale.ROOT))).directories(new ContainerRef(id));
    }

    private List<String> liveLog(String id, String until) {
        List<String> lines = new ArrayList<>();
        try (var events = client.events(TASKS + id + "/logs")) {
            while (lines.stream().noneMatch(line -> line.contains(until))) {
                Event event = events.next();
                lines.add(event.data() == null ? "" : event.data());
            }
        }
        return lines;
    }

    private static List<Path> filesWith(String text, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
            return found;
        }
    }

    private static void assertSafe(String door, String text) {
        assertThat(text).as(door).isNotBlank().doesNotContain(VALUE, BASE64, URL);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void isToldToTheCommandAndToNobodyElse(String runtime) throws IOException {
        String id = client.submit(withSecret(runtime, "given-token")
                .artifacts("/workspace/copy", "/workspace/r.xml")
                .doing(SHOWS));
        assertSafe("live log", String.join("\n", liveLog(id, "\"ready\"")));
        Set<Path> places = engineFiles(runtime, id);
        for (Path place : places) {
            assertThat(place).isDirectory();
        }
        await("the engine's own log has it while the task runs").atMost(SOON).until(() -> holdsAny(places));

        client.post(TASKS + id + "/cancel", "");
        HttpResponse<String> result = client.get(TASKS + id + "/result?wait=60");
        assertThat(result.statusCode()).isEqualTo(200);

        assertThat(client.get(TASKS + id + "/logs?stream=stdout").body()).isEqualTo(masked());
        assertThat(client.get(TASKS + id + "/logs?stream=stderr").body())
                .isEqualTo("err " + "*".repeat(VALUE.length()) + "\n");
        JsonNode failure = Client.json(result).at("/tests/failures/0");
        assertThat(failure.get("name").asText()).isEqualTo("*".repeat(VALUE.length()));
        assertSafe("result", result.body());
        assertDoorsAreSafe(id);
        assertArtifactsAreTheTasksOwn(id);
        assertStoredNowhere();
        await("the engine's own log is gone").atMost(SOON).until(() -> !holdsAny(places));
    }

    private static boolean holdsAny(Set<Path> places) throws IOException {
        for (Path place : places) {
            if (!filesWith(VALUE, place).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static String masked() {
        String stars = "*".repeat(VALUE.length());
        return "file " + stars + "\nenv " + stars + "\nbase64 " + "*".repeat(BASE64.length()) + "\nurl "
                + "*".repeat(URL.length()) + "\nparts " + stars + "\nready\n";
    }

    private void assertDoorsAreSafe(String id) {
        for (String type : List.of("text/plain", "application/x-ndjson", "text/event-stream")) {
            assertSafe(type, client.get(TASKS + id + "/logs", "Accept", type).body());
        }
        assertSafe(
                "events",
                client.get(TASKS + id + "/events", "Accept", "text/event-stream")
                        .body());
        for (String path : List.of(
                TASKS + id,
                TASKS + id + "/spec",
                TASKS + id + "/artifacts",
                "/api/v1/tasks",
                "/api/v1/policy",
                "/q/metrics",
                "/",
                "/tasks/" + id)) {
            assertSafe(path, client.get(path).body());
        }
        assertSafe(
                "audit",
                client.get("/api/v1/audit", "Accept", "application/x-ndjson").body());
        assertThat(client.get(TASKS + id + "/spec").body()).contains("given-token");
    }

    /** As docs/secrets.md says: names and content are kept as they are. */
    private void assertArtifactsAreTheTasksOwn(String id) throws IOException {
        assertThat(client.get(TASKS + id + "/artifacts/workspace/copy").body()).isEqualTo(VALUE);
        byte[] zip = client.bytes(TASKS + id + "/artifacts.zip").body();
        try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            assertThat(entries.getNextEntry().getName()).isEqualTo("workspace/copy");
            assertThat(new String(entries.readAllBytes(), UTF_8)).isEqualTo(VALUE);
        }
    }

    /** Not in the database, the logs, or what the service says of itself; artifacts alone are the task's. */
    private static void assertStoredNowhere() throws IOException {
        Path data = Client.data();
        assertThat(data.resolve("state.db")).isRegularFile();
        for (String form : List.of(VALUE, BASE64, URL)) {
            assertThat(filesWith(form, data))
                    .allMatch(file -> data.relativize(file).startsWith("artifacts"), "is an artifact");
        }
    }

    @Test
    void oneThatThePolicyDoesNotGiveIsDeniedByItsRule() throws IOException {
        Files.writeString(secret("kept"), VALUE);
        String runtime = runtimes().get(0);

        JsonNode denied = problem(
                client.post("/api/v1/tasks", withSecret(runtime, "kept").doing("true")), 403, CauseCode.POLICY_DENIED);

        assertThat(denied.get("detail").asText()).contains("rule those-with-secrets");
        assertThat(denied.get("faults").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/env/TOKEN", "/env/KEY");
        JsonNode entry = Client.json(client.get("/api/v1/audit?action=task.submit&outcome=denied"))
                .at("/entries/0");
        assertThat(entry.get("rule").asText()).isEqualTo("those-with-secrets");
    }

    @Test
    void oneThatIsNotThereIsRefusedWithItsPlace() {
        JsonNode refused = problem(
                client.post(
                        "/api/v1/tasks",
                        withSecret(runtimes().get(0), "given-none").doing("true")),
                400,
                CauseCode.INVALID_SPEC);

        assertThat(refused.get("faults").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/env/TOKEN/secretRef", "/env/KEY/secretRef");
    }

    @Test
    void oneThatIsGoneAtItsTurnEndsTheTask() throws IOException {
        String runtime = runtimes().get(0);
        Path fleeting = Files.writeString(secret("given-fleeting"), VALUE);
        String first = client.submit(new ShellTask(runtime).doing("exec sleep 60"));
        String id = client.submit(withSecret(runtime, "given-fleeting").doing("true"));
        Files.delete(fleeting);

        client.post(TASKS + first + "/cancel", "");

        JsonNode result = Client.json(client.get(TASKS + id + "/result?wait=60"));
        assertThat(result.at("/cause/code").asText()).as(result.toString()).isEqualTo("SECRET_UNAVAILABLE");
        assertThat(result.at("/cause/message").asText()).isEqualTo("there is no secret given-fleeting");
        assertThat(result.at("/cause/remedy").asText()).isEqualTo(CauseCode.SECRET_UNAVAILABLE.remedy());
    }
}
