package dev.fleetrunner.mcp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.fleetrunner.console.Admin;
import dev.fleetrunner.console.WithoutEngine;
import dev.fleetrunner.mcp.Agent.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools as an agent meets them, where no engine runs. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class ToolsTest {
    private static final List<String> NAMES = List.of(
            "run_task",
            "stream_logs",
            "await_result",
            "copy_artifacts",
            "cancel",
            "health",
            "list_tasks",
            "get_task",
            "upload_workspace",
            "read_artifact",
            "explain_policy");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private Agent agent;

    @BeforeEach
    void connect() {
        agent = Agent.connected();
    }

    @AfterEach
    void leave() {
        agent.close();
    }

    private List<JsonNode> tools() {
        List<JsonNode> tools = new ArrayList<>();
        agent.request("tools/list", "{}").at("/result/tools").forEach(tools::add);
        return tools;
    }

    @Test
    void theToolsOfTheContractAreThereWithAllThatClientsNeedToKnow() {
        List<JsonNode> tools = tools();

        assertThat(tools).extracting(tool -> tool.path("name").asText()).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.path("title").asText()).isNotEmpty();
            assertThat(tool.path("description").asText()).hasSizeBetween(40, 600);
            assertThat(tool.at("/annotations/readOnlyHint").isBoolean()).isTrue();
            assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
            assertThat(tool.at("/inputSchema/additionalProperties").asBoolean(true))
                    .isFalse();
            assertThat(tool.at("/outputSchema/type").asText()).isEqualTo("object");
        });
    }

    @Test
    void schemasAreSchemasAndTheirExamplesKeepToThem() {
        JsonSchema meta = SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012));
        for (JsonNode tool : tools()) {
            for (String side : List.of("inputSchema", "outputSchema")) {
                assertThat(meta.validate(tool.path(side)))
                        .as(tool.path("name") + side)
                        .isEmpty();
            }
            JsonNode examples = tool.at("/inputSchema/examples");
            assertThat(examples.isEmpty()).as(tool.path("name").asText()).isFalse();
            JsonSchema input = SCHEMAS.getSchema(tool.path("inputSchema"));
            examples.forEach(example -> assertThat(input.validate(example))
                    .as(tool.path("name") + " " + example)
                    .isEmpty());
        }
    }

    @Test
    void whatOnlyReadsSaysSo() {
        assertThat(tools())
                .filteredOn(tool -> tool.at("/annotations/readOnlyHint").asBoolean())
                .extracting(tool -> tool.path("name").asText())
                .containsExactlyInAnyOrder(
                        "stream_logs",
                        "await_result",
                        "copy_artifacts",
                        "health",
                        "list_tasks",
                        "get_task",
                        "read_artifact",
                        "explain_policy");
        assertThat(tools())
                .filteredOn(tool -> tool.at("/annotations/destructiveHint").asBoolean())
                .extracting(tool -> tool.path("name").asText())
                .containsExactly("cancel");
    }

    @Test
    void healthIsTheSameAsThroughRest() {
        Reply health = agent.call("health", "{}");

        assertThat(health.json().path("status").asText()).isEqualTo("degraded");
        assertThat(health.json().path("runtime").isNull()).isTrue();
        assertThat(health.text()).startsWith("The service is degraded.");
    }

    @Test
    void aTaskThatCannotRunTellsWhyAndWhetherToTryAgain() {
        Reply ran = agent.call("run_task", "{\"spec\": {\"cmd\": [\"true\"]}}");

        assertThat(ran.error()).isFalse();
        assertThat(ran.json().path("finished").asBoolean()).isTrue();
        assertThat(ran.json().path("status").asText()).isEqualTo("error");
        assertThat(ran.json().at("/cause/code").asText()).isEqualTo("ENGINE_UNAVAILABLE");
        assertThat(ran.json().at("/cause/retryable").asBoolean()).isTrue();
        assertThat(ran.text()).contains("ENGINE_UNAVAILABLE: ", "Remedy: ", "the same task may be tried again");
    }

    @Test
    void aTaskIdStaysGoodInAnotherConnection() {
        String id = agent.call("run_task", "{\"spec\": {\"cmd\": [\"true\"]}, \"wait_sec\": 0}")
                .json()
                .path("task_id")
                .asText();
        agent.close();
        agent = Agent.connected();

        Reply awaited = agent.call("await_result", "{\"task_id\": \"" + id + "\"}");

        assertThat(awaited.json().path("finished").asBoolean()).isTrue();
        assertThat(agent.call("get_task", "{\"task_id\": \"" + id + "\"}").json())
                .isEqualTo(awaited.json());
    }

    @Test
    void aRepeatWithTheSameKeyIsTheSameTask() {
        String call = "{\"spec\": {\"cmd\": [\"true\"]}, \"idempotency_key\": \"once\"}";
        String first = agent.call("run_task", call).json().path("task_id").asText();

        assertThat(agent.call("run_task", call).json().path("task_id").asText()).isEqualTo(first);
        Reply other = agent.call("run_task", call.replace("true", "false"));
        assertThat(other.error()).isTrue();
        assertThat(other.cause()).isEqualTo("IDEMPOTENCY_MISMATCH");
    }

    @Test
    void aSpecMayComeAsText() {
        Reply ran = agent.call("run_task", "{\"spec\": \"{\\\"cmd\\\": [\\\"true\\\"]}\"}");

        assertThat(ran.json().path("finished").asBoolean()).isTrue();
    }

    @Test
    void faultsOfASpecAreToldByTheirPlaceInTheArguments() {
        Reply refused = agent.call("run_task", "{\"spec\": {\"cmd\": \"make\", \"resources\": {\"memry\": \"1Gi\"}}}");

        assertThat(refused.error()).isTrue();
        assertThat(refused.cause()).isEqualTo("INVALID_SPEC");
        assertThat(refused.json().at("/error/faults").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/spec/cmd", "/spec/resources/memry");
        assertThat(refused.text()).contains("memory", "Retry: no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run_task         | {}                                             | /spec      | is missing",
                "run_task         | {\"cmd\": [\"true\"]}                          | /cmd       | unknown field",
                "run_task         | {\"spec\": {\"cmd\": [\"a\"]}, \"wait_sec\": 51} | /wait_sec  | from 0 to 50",
                "run_task         | {\"spec\": {\"cmd\": [\"a\"]}, \"wait\": 5}    | /wait      | unknown field",
                "await_result     | {}                                             | /task_id   | is missing",
                "await_result     | {\"task_id\": 7}                               | /task_id   | must be a string",
                "await_result     | {\"task_id\": \"x\", \"max_bytes\": 100}       | /max_bytes | from 1024",
                "stream_logs      | {\"task_id\": \"x\", \"stream\": \"out\"}      | /stream    | one of stdout, stderr",
                "stream_logs      | {\"task_id\": \"x\", \"from\": 0}              | /from      | from 1",
                "copy_artifacts   | {\"task_id\": \"x\", \"paths\": [\"a\"]}       | /paths/0   | must begin with /",
                "read_artifact    | {\"task_id\": \"x\"}                           | /path      | is missing",
                "list_tasks       | {\"status\": \"failed\"}                       | /status    | must be a list",
                "upload_workspace | {\"files\": [{\"path\": \"a\"}]}               | /files/0/content | is missing",
                "upload_workspace | {\"files\": [{\"path\": \"a\", \"content\": \"?\", \"encoding\": \"base64\"}]} | /files/0/content | is not base64",
                "explain_policy   | {\"spec\": {\"cmd\": [\"a\"]}, \"max\": 1}     | /max       | unknown field",
                "health           | {\"all\": true}                                | /all       | unknown field",
                "cancel           | {\"task_id\": null}                            | /task_id   | is missing",
                "get_task         | {\"task_id\": \"\"}                            | /task_id   | must not be empty"
            })
    void aWrongArgumentIsNamed(String tool, String arguments, String pointer, String message) {
        Reply refused = agent.call(tool, arguments);

        assertThat(refused.error()).isTrue();
        assertThat(refused.cause()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.json().at("/error/faults").findValuesAsText("pointer"))
                .contains(pointer);
        assertThat(refused.text()).contains(pointer + ": ", message);
        assertThat(refused.json().at("/error/retryable").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"await_result", "get_task", "stream_logs", "copy_artifacts", "cancel"})
    void aTaskThatThereIsNotIsNotFound(String tool) {
        Reply refused = agent.call(tool, "{\"task_id\": \"01JD3W0S2Q6M4W2B8T1ZKX9F7A\"}");

        assertThat(refused.error()).isTrue();
        assertThat(refused.cause()).isEqualTo("NOT_FOUND");
    }

    @Test
    void whatBelongsToSomebodyElseIsNotFound() {
        String id = agent.call("run_task", "{\"spec\": {\"cmd\": [\"true\"]}}")
                .json()
                .path("task_id")
                .asText();
        try (Agent other = Agent.connected(Admin.token("mcp-other", "agent"))) {
            assertThat(other.call("get_task", "{\"task_id\": \"" + id + "\"}").cause())
                    .isEqualTo("NOT_FOUND");
            assertThat(other.request("resources/read", "{\"uri\": \"task://" + id + "/result\"}")
                            .at("/error/message")
                            .asText())
                    .startsWith("NOT_FOUND: ");
            assertThat(other.call("list_tasks", "{}").json().path("tasks")).isEmpty();
        }
    }

    @Test
    void aViewerMayLookAndNotRun() {
        try (Agent viewer = Agent.connected(Admin.token("mcp-viewer", "viewer"))) {
            assertThat(viewer.call("run_task", "{\"spec\": {\"cmd\": [\"true\"]}}")
                            .cause())
                    .isEqualTo("FORBIDDEN");
            assertThat(viewer.call("upload_workspace", "{\"files\": [{\"path\": \"a\", \"content\": \"\"}]}")
                            .cause())
                    .isEqualTo("FORBIDDEN");
            assertThat(viewer.call("list_tasks", "{}").error()).isFalse();
        }
    }

    @Test
    void theListFitsItsBudgetAndGoesOn() {
        for (int i = 0; i < 12; i++) {
            agent.call("run_task", "{\"spec\": {\"cmd\": [\"true\"], \"labels\": {\"list\": \"budget\"}}}");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = agent.call(
                    "list_tasks", "{\"label\": [\"list=budget\"], \"limit\": 10, \"max_bytes\": 1024" + cursor + "}");
            assertThat(page.json().toString().length()).isLessThanOrEqualTo(1024);
            page.json()
                    .path("tasks")
                    .forEach(task -> seen.add(task.path("task_id").asText()));
            String next = page.json().path("next_cursor").asText(null);
            cursor = next == null ? null : ", \"cursor\": \"" + next + "\"";
        } while (cursor != null);

        assertThat(seen).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void filesBecomeAWorkspaceOfAnyTask() {
        Reply uploaded = agent.call(
                "upload_workspace",
                "{\"files\": [{\"path\": \"a/b.txt\", \"content\": \"héllo\"}, {\"path\": \"run\", \"content\": \"Iy8=\","
                        + " \"encoding\": \"base64\", \"executable\": true}]}");

        assertThat(uploaded.json().path("workspace_id").asText()).startsWith("ws-");
        assertThat(uploaded.json().path("files").asInt()).isEqualTo(2);
        assertThat(uploaded.json().path("size_bytes").asInt()).isEqualTo(8);
        assertThat(uploaded.json().at("/mount/source"))
                .isEqualTo(uploaded.json().path("workspace_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "/etc/passwd", "a/../../b"})
    void aFileLeadsNowhereElse(String path) {
        Reply refused =
                agent.call("upload_workspace", "{\"files\": [{\"path\": \"" + path + "\", \"content\": \"\"}]}");

        assertThat(refused.cause()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.text()).contains(path);
    }

    @Test
    void thePolicyIsExplainedBeforeAnythingRuns() {
        Reply allowed = agent.call("explain_policy", "{\"spec\": {\"cmd\": [\"true\"]}}");
        Reply denied = agent.call(
                "explain_policy",
                "{\"spec\": {\"cmd\": [\"true\"], \"mounts\": [{\"type\": \"bind\", \"source\": \"/etc\", \"target\": \"/x\"}]}}");

        assertThat(allowed.json().path("allowed").asBoolean()).isTrue();
        assertThat(denied.json().path("allowed").asBoolean()).isFalse();
        assertThat(denied.json().at("/denials/0/pointer").asText()).startsWith("/spec/mounts/0");
    }

    @Test
    void schemasAndActiveTasksAreResources() {
        assertThat(agent.request("resources/list", "{}").at("/result/resources").findValuesAsText("uri"))
                .containsExactlyInAnyOrder("schema://task-spec", "schema://task-result", "task://active");
        assertThat(Agent.json(agent.request("resources/read", "{\"uri\": \"schema://task-spec\"}")
                                .at("/result/contents/0/text")
                                .asText())
                        .path("title")
                        .asText())
                .isEqualTo("TaskSpec");
        assertThat(agent.request("resources/read", "{\"uri\": \"task://active\"}")
                        .at("/result/contents/0/text")
                        .asText())
                .startsWith("[");
    }

    @Test
    void whoSubscribedHearsThatTasksCameAndWent() {
        assertThat(agent.request("resources/subscribe", "{\"uri\": \"task://active\"}")
                        .has("result"))
                .isTrue();

        agent.call("run_task", "{\"spec\": {\"cmd\": [\"true\"]}}");

        await().untilAsserted(() -> assertThat(agent.client().snapshot().notifications())
                .anySatisfy(told ->
                        assertThat(told.encode()).contains("notifications/resources/updated", "task://active")));
    }

    @Test
    void aTasksDocumentsAreResources() {
        String id = agent.call("run_task", "{\"spec\": {\"cmd\": [\"true\"]}}")
                .json()
                .path("task_id")
                .asText();

        JsonNode result = Agent.json(agent.request("resources/read", "{\"uri\": \"task://" + id + "/result\"}")
                .at("/result/contents/0/text")
                .asText());
        JsonNode spec = Agent.json(agent.request("resources/read", "{\"uri\": \"task://" + id + "/spec\"}")
                .at("/result/contents/0/text")
                .asText());

        Admin.signedIn()
                .get("/api/v1/tasks/" + id + "/result")
                .then()
                .body("id", equalTo(result.path("id").asText()));
        assertThat(result.at("/cause/code").asText()).isEqualTo("ENGINE_UNAVAILABLE");
        assertThat(spec.at("/cmd/0").asText()).isEqualTo("true");
    }

    @Test
    void promptsAreFilledIn() {
        assertThat(agent.request("prompts/list", "{}").at("/result/prompts").findValuesAsText("name"))
                .contains("run_tests", "explain_failure", "fix_until_green");
        String text = agent.request(
                        "prompts/get", "{\"name\": \"run_tests\", \"arguments\": {\"language\": \"python\"}}")
                .at("/result/messages/0/content/text")
                .asText();

        assertThat(text)
                .contains("\"LANG\": \"python\"", "the project's files")
                .doesNotContain("{language}", "{files}");
    }

    @Test
    void nobodyIsServedWithoutAToken() {
        for (String path : List.of("/mcp", "/mcp/sse", "/mcp/messages/x")) {
            given().contentType("application/json")
                    .accept("application/json, text/event-stream")
                    .body("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}")
                    .post(path)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", containsString("Bearer"));
        }
    }

    @Test
    void aPageOfAnotherSiteIsRefused() {
        Admin.signedIn()
                .contentType("application/json")
                .accept("application/json, text/event-stream")
                .header("Origin", "http://evil.example.com")
                .body("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}")
                .post("/mcp")
                .then()
                .statusCode(403)
                .body("error.message", containsString("FORBIDDEN"));
    }

    /** As after a restart of the service: the client's session is not known any more. */
    @Test
    void aSessionThatNobodyKnowsIsServedAllTheSame() {
        Admin.signedIn()
                .contentType("application/json")
                .accept("application/json, text/event-stream")
                .header("Mcp-Session-Id", "gone")
                .body(Map.of(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "method",
                        "tools/call",
                        "params",
                        Map.of("name", "health", "arguments", Map.of())))
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("result.structuredContent.status", equalTo("degraded"));
    }
}
