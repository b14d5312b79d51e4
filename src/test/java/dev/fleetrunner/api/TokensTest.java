package dev.fleetrunner.api;

import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.security.GivenTokens;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.ServiceProfile;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithoutEngine.class)
class TokensTest {
    private static final String SPEC = "{\"cmd\":[\"true\"]}";

    private final Client admin = Client.known();

    private static JsonNode whoami(String token) {
        return Client.json(Client.with(token).get("/api/v1/whoami"));
    }

    @Test
    void aTokenIsToldOnceAndListedWithout() {
        JsonNode made = GivenTokens.made(
                """
                {"name": "listed", "role": "agent", "expiresInSec": 3600,
                 "limits": {"maxConcurrent": 2, "maxQueued": 50}}""");
        String token = made.path("token").asText();

        assertThat(token).matches("fleet_[0-9a-f]{72}");
        JsonNode me = whoami(token);
        assertThat(me.path("name").asText()).isEqualTo("listed");
        assertThat(me.path("role").asText()).isEqualTo("agent");
        assertThat(me.path("tokenId")).isEqualTo(made.path("id"));
        assertThat(me.at("/limits/maxConcurrent").asInt()).isEqualTo(2);
        assertThat(me.at("/limits/maxQueued").asInt()).isEqualTo(50);
        assertThat(Instant.parse(me.path("expiresAt").asText()))
                .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3601));
        String list = admin.get("/api/v1/tokens").body();
        assertThat(list).contains(made.path("id").asText()).doesNotContain(token, "hash");
    }

    @Test
    void theFirstTokenIsAnAdminsWithoutEnd() {
        JsonNode me = whoami(Client.token());

        assertThat(me.path("name").asText()).isEqualTo("admin");
        assertThat(me.path("role").asText()).isEqualTo("admin");
        assertThat(me.path("expiresAt").isNull()).isTrue();
        problem(admin.call("DELETE", "/api/v1/tokens/" + me.path("tokenId").asText()), 400, CauseCode.INVALID_REQUEST);
    }

    @Test
    void aRevokedTokenIsOverAtOnceAndSaysSo() {
        JsonNode made = GivenTokens.made("{\"name\": \"gone\", \"role\": \"operator\"}");
        Client holder = Client.with(made.path("token").asText());
        assertThat(holder.get("/api/v1/tasks").statusCode()).isEqualTo(200);
        String path = "/api/v1/tokens/" + made.path("id").asText();

        assertThat(admin.call("DELETE", path).statusCode()).isEqualTo(204);

        JsonNode refused = problem(holder.get("/api/v1/tasks"), 401, CauseCode.UNAUTHORIZED);
        assertThat(refused.path("detail").asText()).contains("revoked");
        assertThat(admin.call("DELETE", path).statusCode()).isEqualTo(204);
        problem(admin.call("DELETE", "/api/v1/tokens/none"), 404, CauseCode.NOT_FOUND);
    }

    @Test
    void anExpiredTokenSaysSo() {
        String end = Instant.now().plusSeconds(2).toString();
        String token = GivenTokens.made("{\"name\": \"brief\", \"role\": \"viewer\", \"expiresAt\": \"" + end + "\"}")
                .path("token")
                .asText();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        problem(Client.with(token).get("/api/v1/tasks"), 401, CauseCode.UNAUTHORIZED)
                                .path("detail")
                                .asText())
                .contains("expired"));
    }

    @Test
    void aNameHasOneRoleAndMayHaveTwoTokens() {
        JsonNode first = GivenTokens.made("{\"name\": \"rotated\", \"role\": \"agent\"}");
        GivenTokens.made("{\"name\": \"rotated\", \"role\": \"agent\"}");

        HttpResponse<String> other = admin.post("/api/v1/tokens", "{\"name\": \"rotated\", \"role\": \"admin\"}");

        assertThat(problem(other, 400, CauseCode.INVALID_REQUEST).path("detail").asText())
                .contains("agent");
        assertThat(first.path("id").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "",
                "null",
                "{\"name\":\"x\"}",
                "{\"role\":\"agent\"}",
                "{\"name\":\"x\",\"role\":\"root\"}",
                "{\"name\":\"x\",\"role\":\"AGENT\"}",
                "{\"name\":\"admin\",\"role\":\"admin\"}",
                "{\"name\":\"oidc:ann\",\"role\":\"agent\"}",
                "{\"name\":\"a b\",\"role\":\"agent\"}",
                "{\"name\":\"a\\nb\",\"role\":\"agent\"}",
                "{\"name\":\"\",\"role\":\"agent\"}",
                "{\"name\":7,\"role\":\"agent\"}",
                "{\"name\":\"x\",\"role\":\"agent\",\"admin\":true}",
                "{\"name\":\"x\",\"role\":\"agent\",\"role\":\"admin\"}",
                "{\"name\":\"x\",\"role\":\"agent\"} {}",
                "{\"name\":\"x\",\"role\":\"agent\",\"expiresInSec\":0}",
                "{\"name\":\"x\",\"role\":\"agent\",\"expiresInSec\":-1}",
                "{\"name\":\"x\",\"role\":\"agent\",\"expiresInSec\":1.5}",
                "{\"name\":\"x\",\"role\":\"agent\",\"expiresInSec\":99999999999}",
                "{\"name\":\"x\",\"role\":\"agent\",\"expiresInSec\":9,\"expiresAt\":\"2099-01-01T00:00:00Z\"}",
                "{\"name\":\"x\",\"role\":\"agent\",\"expiresAt\":\"2001-01-01T00:00:00Z\"}",
                "{\"name\":\"x\",\"role\":\"agent\",\"expiresAt\":\"soon\"}",
                "{\"name\":\"x\",\"role\":\"agent\",\"limits\":[]}",
                "{\"name\":\"x\",\"role\":\"agent\",\"limits\":{\"maxConcurent\":1}}",
                "{\"name\":\"x\",\"role\":\"agent\",\"limits\":{\"maxQueued\":0}}",
                "{\"name\":\"x\",\"role\":\"agent\",\"limits\":{\"maxQueued\":\"1\"}}"
            })
    void aBadWishIsRefused(String wish) {
        problem(admin.post("/api/v1/tokens", wish), 400, CauseCode.INVALID_REQUEST);
        assertThat(admin.get("/api/v1/tokens").body()).doesNotContain("\"x\"");
    }

    @Test
    void anAgentSeesOnlyItsOwn() {
        Client one = Client.with(GivenTokens.make("agent-one", AccessRole.AGENT));
        Client two = Client.with(GivenTokens.make("agent-two", AccessRole.AGENT));
        String mine = one.submit(SPEC);
        String theirs = two.submit(SPEC);
        one.submit(SPEC);

        JsonNode listed = Client.json(one.get("/api/v1/tasks"));

        assertThat(listed.path("tasks"))
                .hasSize(2)
                .allSatisfy(task -> assertThat(task.path("owner").asText()).isEqualTo("agent-one"));
        assertThat(one.get("/api/v1/tasks/" + mine).statusCode()).isEqualTo(200);
        problem(one.get("/api/v1/tasks/" + theirs), 404, CauseCode.NOT_FOUND);
        assertThat(Client.json(one.get("/api/v1/tasks?owner=agent-two")).path("tasks"))
                .isEmpty();
        assertThat(Client.json(one.get("/api/v1/tasks?id=" + theirs)).path("tasks"))
                .isEmpty();
        assertThat(Client.json(one.get("/api/v1/health")).path("total_tasks").asInt())
                .isEqualTo(2);
        JsonNode page = Client.json(one.get("/api/v1/tasks?limit=1"));
        JsonNode next = Client.json(one.get(
                "/api/v1/tasks?limit=1&cursor=" + page.path("nextCursor").asText()));
        assertThat(next.path("tasks"))
                .singleElement()
                .satisfies(task -> assertThat(task.path("id").asText()).isEqualTo(mine));
        assertThat(next.path("nextCursor").isNull()).isTrue();
        problem(one.get("/api/v1/tasks?cursor=" + theirs), 400, CauseCode.INVALID_REQUEST);
        assertThat(Client.json(admin.get("/api/v1/tasks?owner=agent-two")).path("tasks"))
                .hasSize(1);
    }

    @Test
    void whatARoleMayNotIsToldWithWhoMay() {
        Client viewer = Client.with(GivenTokens.make("looker", AccessRole.VIEWER));

        JsonNode refused = problem(viewer.post("/api/v1/tasks", SPEC), 403, CauseCode.FORBIDDEN);

        assertThat(refused.path("detail").asText()).contains("viewer", "agent, operator, admin");
    }

    @Test
    void noTokenIsKept() throws IOException {
        String token = GivenTokens.make("kept", AccessRole.AGENT);
        Client.with(token).submit(SPEC);

        List<Path> files;
        try (Stream<Path> walk = Files.walk(Client.data())) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("admin-token"))
                    .toList();
        }

        assertThat(files).anyMatch(file -> file.endsWith(ServiceProfile.LOG));
        for (Path file : files) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(token, Client.token());
        }
    }
}
