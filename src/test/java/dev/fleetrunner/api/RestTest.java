package dev.fleetrunner.api;

import static dev.fleetrunner.contract.CauseCode.IDEMPOTENCY_MISMATCH;
import static dev.fleetrunner.contract.CauseCode.INVALID_REQUEST;
import static dev.fleetrunner.contract.CauseCode.INVALID_SPEC;
import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;
import static dev.fleetrunner.contract.CauseCode.POLICY_DENIED;
import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that can be told from each other without an engine: every task ends with ENGINE_UNAVAILABLE. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class RestTest {
    private static final String TASKS = "/api/v1/tasks";
    private static final String TRUE = "{\"cmd\":[\"true\"]}";

    private final Client client = Client.known();

    private static String inCase(String caseId) {
        return """
                {"cmd": ["true"], "context": {"case_id": "%s", "task_id": "t-1", "role": "developer"},
                 "labels": {"team": "authz", "kind": "unit"}, "image": "localhost/one:1"}"""
                .formatted(caseId);
    }

    private List<String> ids(String query) {
        HttpResponse<String> page = client.get(TASKS + "?" + query);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        Client.json(page).get("tasks").forEach(task -> ids.add(task.get("id").asText()));
        return ids;
    }

    /** What many clients speak who are not told otherwise, Java's among them. */
    @Test
    void takesTasksOverHttp2() throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> taken = overHttp2(http, BodyPublishers.ofString("{\"cmd\":[\"true\"]}"));

            assertThat(taken.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        }
        assertThat(overHttp2(http, BodyPublishers.noBody()).statusCode()).isEqualTo(400);
        assertThat(overHttp2(http, BodyPublishers.ofString("{")).statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> overHttp2(HttpClient http, BodyPublisher body) throws Exception {
        URI tasks = URI.create(Client.address().toString().replaceAll("/$", "") + "/api/v1/tasks");
        HttpRequest request = HttpRequest.newBuilder(tasks)
                .header("Authorization", "Bearer " + Client.token())
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void acceptsATaskAndSaysWhereItIs() {
        HttpResponse<String> accepted = client.post(TASKS, TRUE);
        assertThat(accepted.statusCode()).isEqualTo(202);
        JsonNode task = Client.json(accepted);
        assertThat(task.get("status").asText()).isEqualTo("pending");
        assertThat(task.get("owner").asText()).isEqualTo("admin");
        assertThat(accepted.headers().firstValue("Location")).hasValueSatisfying(address -> assertThat(address)
                .endsWith(TASKS + "/" + task.get("id").asText()));
        assertThat(client.get(TASKS + "/" + task.get("id").asText()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void endsATaskThatNobodyCanRunWithItsCause() {
        JsonNode result = client.run(TRUE);
        assertThat(result.get("status").asText()).isEqualTo("error");
        assertThat(result.at("/cause/code").asText()).isEqualTo("ENGINE_UNAVAILABLE");
        assertThat(result.at("/cause/retryable").asBoolean()).isTrue();
        assertThat(result.at("/cause/remedy").asText()).isNotBlank();

        HttpResponse<String> again = client.get(TASKS + "/" + result.get("id").asText() + "/result");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Client.json(again)).isEqualTo(result);
    }

    @Test
    void tellsEveryFaultOfABadSpec() {
        JsonNode problem = problem(client.post(TASKS, "{\"cmd\":[],\"imagge\":1}"), 400, INVALID_SPEC);
        assertThat(problem.get("faults")).hasSize(2);
        problem.get("faults").forEach(fault -> {
            assertThat(fault.get("pointer").asText()).isIn("/cmd", "/imagge");
            assertThat(fault.get("message").asText()).isNotBlank();
            assertThat(fault.get("remedy").asText()).isNotBlank();
        });
    }

    @Test
    void refusesWhatItCannotDoOrMayNot() {
        String hydrated = "{\"cmd\":[\"true\"],\"context\":{\"hydration_refs\":[{\"redis_key\":\"k\"}]}}";
        problem(client.post(TASKS, hydrated), 422, NOT_SUPPORTED);
        String bind = "{\"cmd\":[\"true\"],\"mounts\":[{\"type\":\"bind\",\"source\":\"/etc\",\"target\":\"/x\"}]}";
        problem(client.post(TASKS, bind), 403, POLICY_DENIED);
    }

    @Test
    void repeatsASubmissionWithTheSameKey() {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = client.post(TASKS, TRUE, "Idempotency-Key", key);
        HttpResponse<String> repeat = client.post(TASKS, "{\"cmd\" : [ \"true\" ]}", "Idempotency-Key", key);

        assertThat(repeat.statusCode()).isEqualTo(202);
        assertThat(Client.json(repeat).get("id")).isEqualTo(Client.json(first).get("id"));
        assertThat(first.headers().firstValue("Idempotency-Replayed")).hasValue("false");
        assertThat(repeat.headers().firstValue("Idempotency-Replayed")).hasValue("true");

        HttpResponse<String> waited = client.post(TASKS + "?wait=30", TRUE, "Idempotency-Key", key);
        assertThat(waited.statusCode()).isEqualTo(200);
        assertThat(Client.json(waited).get("id")).isEqualTo(Client.json(first).get("id"));
    }

    @Test
    void answersWithTheTaskEvenIfItIsOver() {
        String key = UUID.randomUUID().toString();
        client.post(TASKS + "?wait=30", TRUE, "Idempotency-Key", key);
        HttpResponse<String> repeat = client.post(TASKS, TRUE, "Idempotency-Key", key);
        assertThat(repeat.statusCode()).isEqualTo(202);
        assertThat(Client.json(repeat).get("cause").asText()).isEqualTo("ENGINE_UNAVAILABLE");
    }

    @Test
    void refusesAKeyThatBelongsToAnotherSpec() {
        String key = UUID.randomUUID().toString();
        client.post(TASKS, TRUE, "Idempotency-Key", key);
        problem(client.post(TASKS, "{\"cmd\":[\"false\"]}", "Idempotency-Key", key), 409, IDEMPOTENCY_MISMATCH);
    }

    @Test
    void makesOneTaskOfSubmissionsAtTheSameTime() {
        String key = UUID.randomUUID().toString();
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> client.post(TASKS, TRUE, "Idempotency-Key", key)))
                .toList();
        List<HttpResponse<String>> answers =
                calls.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
        assertThat(answers.stream()
                        .map(answer -> Client.json(answer).get("id").asText())
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.headers()
                        .firstValue("Idempotency-Replayed")
                        .orElseThrow()
                        .equals("false")))
                .hasSize(1);
    }

    @Test
    void tellsTheSpecAsAccepted() {
        String id = client.submit(inCase("spec-" + UUID.randomUUID()));
        HttpResponse<String> spec = client.get(TASKS + "/" + id + "/spec");
        assertThat(spec.statusCode()).isEqualTo(200);
        assertThat(spec.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(Client.json(spec).at("/timeouts/overallSec").asInt()).isEqualTo(2400);
        assertThat(Client.json(spec).at("/labels/team").asText()).isEqualTo("authz");
    }

    @Test
    void findsTasksByEveryFilter() {
        String caseId = "find-" + UUID.randomUUID();
        String before = java.time.Instant.now().toString();
        String id = client.run(inCase(caseId)).get("id").asText();
        client.run(inCase("other-" + caseId));
        String only = "case_id=" + caseId + "&";

        for (String filter : List.of(
                "status=error",
                "status=passed,error",
                "owner=admin",
                "task_id=t-1",
                "role=developer",
                "image=localhost/one:1",
                "label=team=authz",
                "label=team=authz&label=kind=unit",
                "from=" + before,
                "to=2999-01-01T00:00:00Z",
                "id=" + id.substring(0, 20),
                "limit=1",
                "")) {
            assertThat(ids(only + filter)).as(filter).containsExactly(id);
        }
        for (String filter : List.of(
                "status=passed",
                "owner=nobody",
                "task_id=t",
                "role=dev",
                "image=localhost/one",
                "runtime=podman",
                "label=team=other",
                "label=team=authz&label=kind=other",
                "to=" + before,
                "from=2999-01-01T00:00:00Z",
                "id=" + id.substring(0, 20) + "x")) {
            assertThat(ids(only + filter)).as(filter).isEmpty();
        }
        assertThat(ids("case_id=" + caseId.substring(0, 20) + "*")).containsExactly(id);
    }

    @Test
    void listsPageByPageNewestFirst() {
        String caseId = "page-" + UUID.randomUUID();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, client.submit(inCase(caseId)));
        }
        List<String> found = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = null;
        do {
            String next = cursor == null ? "" : "&cursor=" + cursor;
            JsonNode page = Client.json(client.get(TASKS + "?limit=2&case_id=" + caseId + next));
            page.get("tasks").forEach(task -> found.add(task.get("id").asText()));
            sizes.add(page.get("tasks").size());
            cursor = page.get("nextCursor").asText(null);
        } while (cursor != null);
        assertThat(found).isEqualTo(made);
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void cancelsWhatIsOverWithoutEffect() {
        JsonNode result = client.run(TRUE);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer =
                    client.post(TASKS + "/" + result.get("id").asText() + "/cancel", "");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Client.json(answer).get("status").asText()).isEqualTo("error");
        }
    }

    @Test
    void runsATaskAgain() {
        JsonNode first = client.run(inCase("again-" + UUID.randomUUID()));
        HttpResponse<String> again = client.post(TASKS + "/" + first.get("id").asText() + "/rerun", "");
        assertThat(again.statusCode()).isEqualTo(202);
        String id = Client.json(again).get("id").asText();
        assertThat(id).isNotEqualTo(first.get("id").asText());
        assertThat(again.headers().firstValue("Location"))
                .hasValueSatisfying(address -> assertThat(address).endsWith(id));
        assertThat(client.get(TASKS + "/" + id + "/spec").body())
                .isEqualTo(client.get(TASKS + "/" + first.get("id").asText() + "/spec")
                        .body());
    }

    @Test
    void streamsTheEventsOfATask() {
        String id = client.run(TRUE).get("id").asText();
        try (var events = client.events(TASKS + "/" + id + "/events")) {
            assertThat(events.rest())
                    .extracting(event -> event.id() + " " + event.name())
                    .containsExactly("1 submitted", "2 finished", "null end");
        }
        try (var events = client.events(TASKS + "/" + id + "/events", "Last-Event-ID", "1")) {
            var rest = events.rest();
            assertThat(rest).extracting(event -> event.name()).containsExactly("finished", "end");
            JsonNode finished = Client.json(rest.get(0).data());
            assertThat(finished.get("sequence").asInt()).isEqualTo(2);
            assertThat(finished.get("detail").asText()).isEqualTo("error");
        }
    }

    @Test
    void hasAnEmptyLogOfATaskThatNeverRan() {
        String id = client.run(TRUE).get("id").asText();
        assertThat(client.get(TASKS + "/" + id + "/logs").body()).isEmpty();
        assertThat(client.get(TASKS + "/" + id + "/logs", "Accept", "application/x-ndjson")
                        .body())
                .isEmpty();
        try (var events = client.events(TASKS + "/" + id + "/logs")) {
            assertThat(events.rest()).extracting(event -> event.name()).containsExactly("end");
        }
    }

    @Test
    void runsNothing() {
        assertThat(Client.json(client.get("/api/v1/containers")).get("containers"))
                .isEmpty();
    }

    @Test
    void isReadyWithoutAnEngineAndSaysSo() {
        assertThat(client.get("/q/health/ready").statusCode()).isEqualTo(200);
        JsonNode health = Client.json(client.get("/api/v1/health"));
        assertThat(health.get("status").asText()).isEqualTo("degraded");
        assertThat(health.get("runtime").isNull()).isTrue();
        assertThat(health.has("registry")).isTrue();
        assertThat(health.get("active_tasks").asInt()).isZero();
        assertThat(health.get("total_tasks").isInt()).isTrue();
        assertThat(health.get("runtimes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"task-spec", "task-result"})
    void servesTheSchemas(String name) throws IOException {
        HttpResponse<String> schema = client.get("/api/v1/schema/" + name + ".json");
        assertThat(schema.statusCode()).isEqualTo(200);
        assertThat(schema.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/schema+json"));
        assertThat(Client.json(schema))
                .isEqualTo(Client.json(Files.readString(Path.of("examples", name + ".schema.json"))));
    }

    @Test
    void describesEveryCallWithExamples() {
        JsonNode api = Client.json(client.get("/q/openapi?format=json"));
        assertThat(api.at("/info/title").asText()).isEqualTo("Fleet Runner");
        assertThat(api.at("/components/securitySchemes/token/scheme").asText()).isEqualTo("bearer");
        assertThat(api.at("/security/0").has("token")).isTrue();
        assertThat(api.get("paths").properties()).allSatisfy(path -> path.getValue()
                .forEach(call -> assertThat(call.get("summary").asText())
                        .as(path.getKey())
                        .isNotBlank()));
        JsonNode examples = api.at("/paths/~1api~1v1~1tasks/post/requestBody/content/application~1json/examples");
        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        examples.forEach(example -> {
            JsonNode value = example.get("value");
            String spec = value.isTextual() ? value.asText() : value.toString();
            HttpResponse<String> answer = client.post(TASKS, spec);
            assertThat(answer.statusCode()).as(answer.body()).isIn(202, 403);
        });
    }

    @Test
    void showsItsCallsToPeople() {
        assertThat(client.get("/q/swagger-ui/").body()).contains("swagger");
    }

    @Test
    void countsTasks() {
        client.run(TRUE);
        org.awaitility.Awaitility.await().untilAsserted(() -> {
            String metrics = client.get("/q/metrics").body();
            assertThat(metrics)
                    .containsPattern(
                            "fleet_tasks_finished_total\\{cause=\"ENGINE_UNAVAILABLE\",runtime=\"none\",status=\"error\"\\} [1-9]")
                    .containsPattern(
                            "fleet_task_phase_seconds_count\\{outcome=\"error\",phase=\"queued\",runtime=\"none\"\\} [1-9]")
                    .contains("fleet_tasks_queued 0.0", "fleet_tasks_running 0.0");
        });
    }

    @Test
    void letsNoBrowserGuessTypesOrFrameIt() {
        HttpResponse<String> answer = client.get(TASKS);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }

    @Test
    void saysWhichParameterIsWrong() {
        JsonNode problem = problem(client.get(TASKS + "?limit=many"), 400, INVALID_REQUEST);
        assertThat(problem.get("detail").asText()).isEqualTo("limit must be a whole number from 1 to 1000");
    }
}
