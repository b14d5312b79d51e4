package dev.fleetrunner.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.OnEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees that a task builds to harm whoever collects them. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(300)
class HostileArtifactsOnEngineTest {
    private final Client client = Client.known();

    static List<String> runtimes() {
        return ShellTask.runtimes();
    }

    private JsonNode run(ShellTask task, String script) {
        JsonNode result = client.run(task.doing(script));
        assertThat(result.get("status").asText())
                .as(() -> client.get("/api/v1/tasks/" + result.get("id").asText() + "/logs")
                        .body())
                .isEqualTo("passed");
        assertThat(client.get("/q/health/ready").statusCode()).isEqualTo(200);
        return result;
    }

    private List<String> paths(JsonNode result) {
        return ShellTask.texts(
                Client.json(client.get("/api/v1/tasks/" + result.get("id").asText() + "/artifacts"))
                        .findValues("path"));
    }

    private static List<String> notes(JsonNode result) {
        return ShellTask.texts(result.get("notes"));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void whatIsNoFileIsLeftOut(String runtime) {
        JsonNode result = run(
                new ShellTask(runtime).artifacts("/workspace/r"),
                "mkdir r && cd r && echo good > good && ln -s /etc/passwd out && ln -s nowhere dangling && mkfifo pipe"
                        + " && ln good hard && ln -s . self");
        assertThat(paths(result)).containsExactly("workspace/r/good", "workspace/r/hard");
        assertThat(notes(result)).hasSize(2);
        assertThat(notes(result)).anyMatch(note -> note.startsWith("not collected: 3 symbolic links: "));
        assertThat(notes(result)).contains("not collected: 1 fifo: /workspace/r/pipe");
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void aDeepTreeIsCollected(String runtime) {
        JsonNode result = run(
                new ShellTask(runtime).artifacts("/workspace/r"),
                "mkdir r && cd r && i=0; while [ $i -lt 500 ]; do mkdir d && cd d && i=$((i+1)); done; echo end > end");
        assertThat(paths(result)).containsExactly("workspace/r/" + "d/".repeat(500) + "end");
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void aMultitudeIsCutAtTheLimit(String runtime) {
        JsonNode result = run(
                new ShellTask(runtime).artifacts("/workspace/r"),
                "mkdir r && cd r && i=0; while [ $i -lt 20000 ]; do : > $i; i=$((i+1)); done");
        assertThat(result.at("/captured/artifacts/0/files").asInt()).isEqualTo(10_000);
        assertThat(notes(result))
                .singleElement()
                .asString()
                .startsWith("no more than 10000 files are kept: the rest of /workspace/r, from ");
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void aHugeSparseFileIsNotCollected(String runtime) {
        JsonNode result = run(
                new ShellTask(runtime).artifacts("/workspace/r"),
                "mkdir r && echo small > r/a && truncate -s 60G r/huge && stat -c %s r/huge");
        assertThat(paths(result)).containsExactly("workspace/r/a");
        assertThat(notes(result)).singleElement().asString().contains("/workspace/r/huge");
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void anEntityBombIsANote(String runtime) {
        JsonNode result = run(
                new ShellTask(runtime)
                        .artifacts("/workspace/*.xml")
                        .env(
                                "BOMB",
                                "<!DOCTYPE testsuite [<!ENTITY a \"widened\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM"
                                        + " \"file:///etc/passwd\">]><testsuite><testcase name=\"&b;&c;\"/></testsuite>"),
                "printf '%s' \"$BOMB\" > bomb.xml; printf '<testsuite><testcase name=\"a\"/><testca' > cut.xml");
        assertThat(paths(result)).hasSize(2);
        assertThat(notes(result)).hasSize(2).anyMatch(note -> note.contains("/workspace/bomb.xml is malformed"));
        assertThat(result.toString()).doesNotContain("widened").doesNotContain("root:");
        assertThat(result.at("/tests/total").asInt()).isEqualTo(1);
    }
}
