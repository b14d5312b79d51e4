package dev.fleetrunner.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.console.Admin;
import dev.fleetrunner.console.WithPodman;
import dev.fleetrunner.mcp.Agent.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What agents do, through the tools alone, with tasks in real containers. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class RoundOnEngineTest {
    private static final String BASE = "localhost/fleet-runner-base:latest";
    private static final String TEST =
            """
            {"path": "test_price.py", "content": "from price import total\\n\\ndef test_total():\\n    assert total([1, 2, 3]) == 6\\n\\ndef test_empty():\\n    assert total([]) == 0\\n"}""";

    private Agent agent;

    @BeforeEach
    void connect() {
        WithPodman.present();
        agent = Agent.connected();
    }

    @AfterEach
    void leave() {
        if (agent != null) {
            agent.close();
        }
    }

    @Test
    void anAgentMendsAProjectByWhatTheAnswersSay() {
        Reply broken = tested("def total(prices):\\n    return sum(prices[1:])\\n");

        assertThat(broken.json().path("status").asText()).isEqualTo("failed");
        JsonNode failure = broken.json().at("/tests/failures/0");
        assertThat(failure.path("name").asText()).contains("test_total");
        assertThat(failure.path("message").asText()).contains("5 == 6");
        assertThat(broken.json().at("/tests/passed").asInt()).isEqualTo(1);
        assertThat(broken.text()).contains("test_total", "5 == 6", "EXIT_NONZERO", "Remedy: ");
        assertThat(broken.bytes()).as("the whole answer, both forms").isLessThan(4096);

        Reply mended = tested("def total(prices):\\n    return sum(prices)\\n");

        assertThat(mended.json().path("status").asText()).isEqualTo("passed");
        assertThat(mended.json().at("/tests/passed").asInt()).isEqualTo(2);
        String id = mended.json().path("task_id").asText();
        Reply files =
                agent.call("copy_artifacts", "{\"task_id\": \"" + id + "\", \"paths\": [\"/workspace/**/*.xml\"]}");
        assertThat(files.json().at("/files/0/path").asText()).endsWith(".xml");
        String path = files.json().at("/files/0/path").asText();
        Reply report = agent.call("read_artifact", "{\"task_id\": \"" + id + "\", \"path\": \"" + path + "\"}");
        assertThat(report.json().path("content").asText())
                .contains("<testsuite")
                .contains("test_empty");
    }

    /** Uploads the project with this source and runs its tests. */
    private Reply tested(String source) {
        Reply uploaded = agent.call(
                "upload_workspace",
                "{\"files\": [{\"path\": \"price.py\", \"content\": \"" + source + "\"}, " + TEST + "]}");
        Reply ran = agent.call(
                "run_task",
                """
                {"spec": {"cmd": ["/bin/bash", "-lc", "agent-task"], "image": "localhost/fleet-runner-task:latest",
                          "env": {"TASK": "unit", "LANG": "python"}, "mounts": [%s],
                          "artifacts": {"paths": ["/workspace/test-reports"]}}, "max_bytes": 1800}"""
                        .formatted(uploaded.json().path("mount")));
        while (!ran.json().path("finished").asBoolean()) {
            ran = agent.call(
                    "await_result",
                    "{\"task_id\": \"" + ran.json().path("task_id").asText() + "\", \"max_bytes\": 1800}");
        }
        return ran;
    }

    @Test
    void aLongTaskAnswersStillRunningWithTheNextCall() {
        Reply running = shell("echo begun; sleep 600", ", \"wait_sec\": 2");
        String id = running.json().path("task_id").asText();

        assertThat(running.json().path("finished").asBoolean()).isFalse();
        assertThat(running.text()).contains("is still");
        assertThat(running.json().at("/next/0/tool").asText()).isEqualTo("await_result");
        assertThat(running.json().at("/next/0/arguments/task_id").asText()).isEqualTo(id);

        Reply cancelled = agent.call("cancel", "{\"task_id\": \"" + id + "\"}");

        assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
        assertThat(agent.call("cancel", "{\"task_id\": \"" + id + "\"}").json().path("status"))
                .isEqualTo(cancelled.json().path("status"));
    }

    @Test
    void aLogIsReadInPiecesThatTogetherAreTheWhole() {
        Reply ran = shell("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo \"line $i of the log\"; done", "");
        String id = ran.json().path("task_id").asText();
        assertThat(ran.json().at("/log/lines_omitted").asInt()).isPositive();
        assertThat(ran.json().at("/log/text").asText())
                .startsWith("line 1 of the log\n")
                .contains("lines left out: stream_logs {\"task_id\":\"" + id + "\",\"from\":")
                .endsWith("line 3000 of the log\n");

        List<String> lines = new ArrayList<>();
        int from = 1;
        Reply page;
        do {
            page = agent.call(
                    "stream_logs", "{\"task_id\": \"" + id + "\", \"from\": " + from + ", \"max_bytes\": 8000}");
            assertThat(page.json().toString().length()).isLessThanOrEqualTo(8000);
            page.json().path("text").asText().lines().forEach(lines::add);
            from = page.json().path("next_from").asInt();
        } while (page.json().path("more").asBoolean());

        assertThat(page.json().path("ended").asBoolean()).isTrue();
        assertThat(lines).hasSize(3000).startsWith("line 1 of the log").endsWith("line 3000 of the log");
        Reply grep = agent.call("stream_logs", "{\"task_id\": \"" + id + "\", \"grep\": \"line 42 \"}");
        assertThat(grep.json().path("text").asText()).isEqualTo("line 42 of the log\n");
        Reply tail = agent.call("stream_logs", "{\"task_id\": \"" + id + "\", \"tail\": 2}");
        assertThat(tail.json().path("text").asText()).isEqualTo("line 2999 of the log\nline 3000 of the log\n");
        assertThat(resource("task://" + id + "/log").lines()).hasSize(3000);
        assertThat(resource("task://" + id + "/log/2999").lines()).hasSize(2).allSatisfy(record -> assertThat(
                        Agent.json(record).path("stream").asText())
                .isEqualTo("stdout"));
    }

    @Test
    void aLogIsWaitedForWhileItIsWritten() {
        String id = shell("sleep 2; echo there >&2; sleep 600", ", \"wait_sec\": 0")
                .json()
                .path("task_id")
                .asText();

        Reply line = agent.call("stream_logs", "{\"task_id\": \"" + id + "\", \"wait_sec\": 50}");

        assertThat(line.json().path("text").asText()).isEqualTo("there\n");
        assertThat(line.json().path("ended").asBoolean()).isFalse();
        assertThat(agent.call("stream_logs", "{\"task_id\": \"" + id + "\", \"stream\": \"stdout\"}")
                        .json()
                        .path("lines")
                        .asInt())
                .isZero();
        Admin.cancel(id);
    }

    @Test
    void whoWaitsIsToldOfProgressAndSeesTheLog() {
        JsonObject call = agent.client()
                .newRequest("tools/call")
                .put(
                        "params",
                        new JsonObject(
                                """
                                {"name": "run_task", "_meta": {"progressToken": "p-1"},
                                 "arguments": {"spec": {"image": "%s", "cmd": ["sh", "-c", "echo seen; sleep 3"]}}}"""
                                        .formatted(BASE)));
        agent.client().sendAndForget(call);
        agent.client().waitForResponse(call);

        List<JsonObject> told = agent.client().snapshot().notifications();
        assertThat(told)
                .filteredOn(one -> one.getString("method").equals("notifications/progress"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.getJsonObject("params").getString("progressToken"))
                        .isEqualTo("p-1"))
                .anySatisfy(one -> assertThat(one.getJsonObject("params").getString("message"))
                        .contains("running"));
        assertThat(told)
                .filteredOn(one -> one.getString("method").equals("notifications/message"))
                .anySatisfy(one -> assertThat(one.encode()).contains("seen"));
    }

    @Test
    void whoCancelsItsCallIsNotAnsweredAndTheTaskGoesOn() {
        JsonObject call = agent.client()
                .newRequest("tools/call")
                .put(
                        "params",
                        new JsonObject(
                                """
                                {"name": "run_task", "arguments": {"spec": {"image": "%s", "cmd": ["sleep", "600"],
                                 "labels": {"test": "left"}}}}"""
                                        .formatted(BASE)));
        agent.client().sendAndForget(call);
        String left = "{\"label\": [\"test=left\"], \"status\": [\"running\"]}";
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        agent.call("list_tasks", left).json().path("tasks"))
                .hasSize(1));

        agent.client()
                .sendAndForget(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("method", "notifications/cancelled")
                        .put("params", new JsonObject().put("requestId", call.getValue("id"))));

        String id = agent.call("list_tasks", left).json().at("/tasks/0/task_id").asText();
        assertThat(agent.call("get_task", "{\"task_id\": \"" + id + "\"}")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("running");
        assertThat(agent.client().snapshot().responses())
                .noneMatch(response -> call.getValue("id").equals(response.getValue("id")));
        Admin.cancel(id);
    }

    @Test
    void filesComeWithTheirContentOrInPieces() {
        Reply ran = shell(
                "echo hi > /workspace/small.txt; head -c 30000 /dev/zero | tr '\\\\0' x > /workspace/big.txt;"
                        + " printf '\\\\377\\\\000\\\\001' > /workspace/raw.bin",
                "",
                ", \"artifacts\": {\"paths\": [\"/workspace\"]}");
        String id = ran.json().path("task_id").asText();

        Reply files = agent.call("copy_artifacts", "{\"task_id\": \"" + id + "\"}");

        assertThat(files.json().path("files").findValuesAsText("path"))
                .containsExactly("/workspace/big.txt", "/workspace/raw.bin", "/workspace/small.txt");
        assertThat(files.json().at("/files/2/content").asText()).isEqualTo("hi\n");
        assertThat(files.json().at("/files/0").has("content")).isFalse();
        String url = files.json().at("/files/2/url").asText();
        assertThat(Admin.signedIn().get(url).then().statusCode(200).extract().asString())
                .isEqualTo("hi\n");
        Reply raw = agent.call("read_artifact", "{\"task_id\": \"" + id + "\", \"path\": \"/workspace/raw.bin\"}");
        assertThat(raw.json().path("encoding").asText()).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(raw.json().path("content").asText()))
                .containsExactly(0xff, 0, 1);
        StringBuilder whole = new StringBuilder();
        JsonNode piece;
        int offset = 0;
        do {
            piece = agent.call(
                            "read_artifact",
                            "{\"task_id\": \"" + id + "\", \"path\": \"workspace/big.txt\", \"offset\": " + offset
                                    + "}")
                    .json();
            whole.append(piece.path("content").asText());
            offset = piece.path("next_offset").asInt();
        } while (offset > 0);
        assertThat(whole).hasToString("x".repeat(30000));
        assertThat(resource("task://" + id + "/artifacts/workspace%2Fsmall.txt"))
                .isEqualTo("hi\n");
    }

    private String resource(String uri) {
        return agent.request("resources/read", "{\"uri\": \"" + uri + "\"}")
                .at("/result/contents/0/text")
                .asText();
    }

    private Reply shell(String script, String more) {
        return shell(script, more, "");
    }

    private Reply shell(String script, String more, String inSpec) {
        return agent.call(
                "run_task",
                "{\"spec\": {\"image\": \"" + BASE + "\", \"cmd\": [\"sh\", \"-c\", \"" + script.replace("\"", "\\\"")
                        + "\"]" + inSpec + "}" + more + "}");
    }
}
