package dev.fleetrunner.api;

import static dev.fleetrunner.contract.CauseCode.FORBIDDEN;
import static dev.fleetrunner.contract.CauseCode.INVALID_REQUEST;
import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit over REST, of a service that audits itself. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class AuditTest {
    private static final String AUDIT = "/api/v1/audit";
    private static final String NDJSON = "application/x-ndjson";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Client client = Client.known();

    @Inject
    Audit audit;

    private List<JsonNode> entries(String query) {
        HttpResponse<String> response = client.get(AUDIT + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<JsonNode> entries = new ArrayList<>();
        Client.json(response).get("entries").forEach(entries::add);
        return entries;
    }

    private void cancelled(String task) {
        audit.record(Act.ofService(AuditAction.CANCEL, task)).await().atMost(SOON);
    }

    private HttpResponse<String> export(String query) {
        HttpResponse<String> response = client.get(AUDIT + query, "Accept", NDJSON);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    @Test
    void theStartIsTheFirstEntry() {
        JsonNode first = Client.json(export("").body().lines().findFirst().orElseThrow());

        assertThat(first.get("sequence").asLong()).isEqualTo(1);
        assertThat(first.get("action").asText()).isEqualTo("service.start");
        assertThat(first.get("target").asText()).isEqualTo(audit.runner());
    }

    @Test
    void filtersFindIt() {
        cancelled("filter-me");

        assertThat(entries("?target=filter-me&action=task.cancel&outcome=ok&who=service&from=2020-01-01T00:00:00Z"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("hash").asText()).hasSize(64));
        assertThat(entries("?target=filter-me&to=2020-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void tokensDownloadsAndFailedAttemptsAreTold() {
        JsonNode made = Client.json(client.post("/api/v1/tokens", "{\"name\": \"audited\", \"role\": \"agent\"}"));
        String tokenId = made.get("id").asText();
        Client agent = Client.with(made.get("token").asText());
        String task = agent.submit("{\"cmd\": [\"true\"]}");
        agent.get("/api/v1/tasks/" + task + "/logs", "Accept", "text/plain");
        Client.with("nobody-knows-this-one").get("/api/v1/tasks");
        client.call("DELETE", "/api/v1/tokens/" + tokenId);

        assertThat(entries("?target=" + tokenId).stream()
                        .map(entry -> entry.get("action").asText()))
                .containsExactly("token.revoke", "token.create");
        await().atMost(SOON).untilAsserted(() -> assertThat(entries("?who=audited").stream()
                        .map(entry -> entry.get("action").asText()))
                .containsExactlyInAnyOrder("log.download", "task.submit"));
        await().atMost(SOON).untilAsserted(() -> assertThat(entries("?action=sign-in&outcome=denied"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.get("from").asText()).isEqualTo("127.0.0.1")));
        assertThat(entries("?action=policy.load")).isNotEmpty();
    }

    private void awaitEntry(String query) {
        await().atMost(SOON).untilAsserted(() -> assertThat(entries(query))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("from").asText()).isEqualTo("127.0.0.1")));
    }

    @Test
    void whoSignsInAndOutIsTold() {
        String token = Client.json(client.post("/api/v1/tokens", "{\"name\": \"ann\", \"role\": \"viewer\"}"))
                .get("token")
                .asText();

        HttpResponse<String> signedIn =
                Client.with(null).post("/sign-in", BodyPublishers.ofString("token=" + token), "Content-Type", FORM);
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        Client.with(null)
                .post(
                        "/sign-out",
                        BodyPublishers.noBody(),
                        "Cookie",
                        cookie.replaceFirst(";.*", ""),
                        "Content-Type",
                        FORM);

        awaitEntry("?who=ann&action=sign-in&outcome=ok");
        awaitEntry("?who=ann&action=sign-out&outcome=ok");
    }

    @Test
    void whatARoleDoesNotAllowIsTold() {
        Client agent =
                Client.with(Client.json(client.post("/api/v1/tokens", "{\"name\": \"bob\", \"role\": \"agent\"}"))
                        .get("token")
                        .asText());

        problem(agent.get("/api/v1/tokens"), 403, FORBIDDEN);
        problem(agent.get(AUDIT), 403, FORBIDDEN);
        problem(agent.get("/api/v1/policy"), 403, FORBIDDEN);
        problem(agent.get("/api/v1/workspaces"), 403, FORBIDDEN);
        assertThat(agent.get("/q/metrics").statusCode()).isEqualTo(403);

        for (String what :
                List.of("list tokens", "read the audit", "read the policy", "list workspaces", "read the metrics")) {
            awaitEntry("?who=bob&action=call&outcome=denied&target=" + what.replace(" ", "%20"));
        }
    }

    @Test
    void pagesComeToAnEnd() {
        IntStream.range(0, 7).forEach(i -> cancelled("page-me"));
        List<Long> seen = new ArrayList<>();
        JsonNode page = Client.json(client.get(AUDIT + "?target=page-me&limit=3"));
        page.get("entries").forEach(entry -> seen.add(entry.get("sequence").asLong()));
        while (!page.get("nextCursor").isNull()) {
            page = Client.json(client.get(AUDIT + "?target=page-me&limit=3&cursor="
                    + page.get("nextCursor").asText()));
            page.get("entries").forEach(entry -> seen.add(entry.get("sequence").asLong()));
        }

        assertThat(seen).hasSize(7).isSortedAccordingTo((one, two) -> Long.compare(two, one));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action=fly",
                "outcome=good",
                "from=yesterday",
                "to=x",
                "cursor=x",
                "cursor=0",
                "limit=0",
                "limit=1001",
                "after=1"
            })
    void aBadFilterIsNamed(String query) {
        assertThat(problem(client.get(AUDIT + "?" + query), 400, INVALID_REQUEST)
                        .get("detail")
                        .asText())
                .startsWith(query.substring(0, query.indexOf('=')));
    }

    @Test
    void anExportIsWholeAndIsItselfWritten() throws IOException, InterruptedException {
        IntStream.range(0, 1200).mapToObj(i -> "export-" + i).forEach(this::cancelled);

        HttpResponse<String> response = export("");
        Path file = Files.writeString(
                Files.createTempFile(Client.data(), "audit", ".ndjson"), response.body(), StandardCharsets.UTF_8);
        Process verified = new ProcessBuilder("python3", "-B", "scripts/audit-verify", file.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(verified.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(verified.waitFor()).as(told).isZero();
        assertThat(response.headers().firstValue("Content-Type")).hasValue(NDJSON);
        String[] lines = response.body().split("\n");
        assertThat(lines).hasSizeGreaterThan(1200);
        JsonNode last = Client.json(lines[lines.length - 1]);
        assertThat(last.get("action").asText()).isEqualTo("audit.export");
        assertThat(last.get("who").asText()).isEqualTo("admin");
        assertThat(last.get("from").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void anExportLeavesOutWhatIsKnown() {
        String head = Client.json(client.get(AUDIT + "/head")).get("sequence").asText();

        List<String> lines = export("?after=" + head).body().lines().toList();

        assertThat(Client.json(lines.get(0)).get("sequence").asLong()).isEqualTo(Long.parseLong(head) + 1);
    }

    @Test
    void anExportHasNoFilters() {
        problem(client.get(AUDIT + "?who=admin", "Accept", NDJSON), 400, INVALID_REQUEST);
        problem(client.get(AUDIT + "?after=x", "Accept", NDJSON), 400, INVALID_REQUEST);
    }

    @Test
    void theHeadIsThatOfTheNewestEntry() {
        cancelled("head");

        JsonNode head = Client.json(client.get(AUDIT + "/head"));

        JsonNode newest = entries("?limit=1").get(0);
        assertThat(head.get("head").asText())
                .isEqualTo(newest.get("sequence").asText() + ":"
                        + newest.get("hash").asText());
        assertThat(head.get("runner").asText()).isEqualTo(audit.runner());
    }
}
