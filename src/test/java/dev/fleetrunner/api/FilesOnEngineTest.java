package dev.fleetrunner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.OnEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that tasks begin with, keep for the next, and may not have too many of; over HTTP, in real containers. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(180)
class FilesOnEngineTest {
    private final Client client = Client.known();

    static List<String> runtimes() {
        return ShellTask.runtimes();
    }

    private String upload() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("project/hello.sh"));
            zip.write("echo hello from the workspace\n".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        HttpResponse<String> answer = client.post(
                "/api/v1/workspaces",
                BodyPublishers.ofByteArray(bytes.toByteArray()),
                "Content-Type",
                "application/zip");
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return Client.json(answer).get("id").asText();
    }

    private String log(JsonNode result) {
        return client.get("/api/v1/tasks/" + result.get("id").asText() + "/logs")
                .body();
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void eachTaskHasItsOwnCopyOfAWorkspace(String runtime) throws IOException {
        var task = new ShellTask(runtime)
                .mount("workspace", upload(), "/workspace")
                .artifacts("/workspace/project/made");
        String script = "cd project && test ! -e made && sh hello.sh && touch made && stat -c %u:%g hello.sh made .";

        JsonNode first = client.run(task.doing(script));
        JsonNode second = client.run(task.doing(script));

        for (JsonNode result : List.of(first, second)) {
            assertThat(result.get("status").asText()).as(result.toString()).isEqualTo("passed");
            assertThat(log(result)).isEqualTo("hello from the workspace\n1000:1000\n1000:1000\n1000:1000\n");
            assertThat(result.at("/captured/artifacts/0/files").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void aCacheIsKeptForTheNextTask(String runtime) {
        String name = "c" + System.nanoTime();
        var task = new ShellTask(runtime).mount("cache", name, "/home/agent/.cache/tool");

        client.run(task.doing("echo kept > ~/.cache/tool/file"));
        JsonNode next = client.run(task.doing("cat ~/.cache/tool/file"));
        JsonNode other = client.run(
                new ShellTask(runtime).mount("cache", name + "b", "/c").doing("ls -A /c"));

        assertThat(log(next)).as(next.toString()).isEqualTo("kept\n");
        assertThat(log(other)).as(other.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void aTaskThatUsesUpItsDiskFails(String runtime) {
        JsonNode result = client.run(new ShellTask(runtime)
                .disk("20Mi")
                .doing("for i in $(seq 40); do head -c 1M /dev/zero > f$i; done; sleep 60"));

        assertThat(result.get("status").asText()).as(result.toString()).isEqualTo("failed");
        assertThat(result.at("/cause/code").asText()).isEqualTo("RESOURCE_LIMIT");
        assertThat(result.at("/cause/message").asText())
                .contains("resources.disk")
                .contains("20971520");
    }

    @Test
    void aWorkspaceThatIsNotThereIsRefusedByItsPlace() {
        HttpResponse<String> answer = client.post(
                "/api/v1/tasks",
                new ShellTask("auto")
                        .mount("workspace", "ws-0123456789abcdef0123456789abcdef", "/workspace")
                        .doing("true"));

        assertThat(answer.statusCode()).isBetween(400, 422);
        JsonNode problem = Client.json(answer);
        assertThat(problem.get("code").asText()).isEqualTo("MOUNT_INVALID");
        assertThat(answer.body()).contains("/mounts/0/source").contains("upload it again");
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void aWorkspaceThatIsDeletedWhileTheTaskRunsIsStillTheTasks(String runtime) throws IOException {
        String workspace = upload();
        String id = client.submit(new ShellTask(runtime)
                .mount("workspace", workspace, "/workspace")
                .doing("echo ready; while [ ! -e /workspace/go ]; do sleep 0.1; done"));
        await().until(() -> client.get("/api/v1/tasks/" + id + "/logs").body().contains("ready"));

        int whileUsed = client.call("DELETE", "/api/v1/workspaces/" + workspace).statusCode();
        client.post("/api/v1/tasks/" + id + "/cancel", "");
        client.get("/api/v1/tasks/" + id + "/result?wait=30");

        assertThat(whileUsed).isEqualTo(409);
        await().until(() ->
                client.call("DELETE", "/api/v1/workspaces/" + workspace).statusCode() != 409);
        assertThat(client.get("/api/v1/workspaces/" + workspace).statusCode()).isEqualTo(404);
    }
}
