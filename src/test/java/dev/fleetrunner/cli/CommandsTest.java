package dev.fleetrunner.cli;

import static dev.fleetrunner.cli.Ran.fleet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a service that finds no engine: every task ends with ENGINE_UNAVAILABLE. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class CommandsTest {
    @TempDir
    Path directory;

    private final Client client = Client.known();

    private static String submitted(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "submit";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--";
        all[arguments.length + 2] = "true";
        Ran ran = fleet(all);
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.out().strip();
    }

    @Test
    void submitsAndTellsTheId() {
        String id = submitted("--label", "team=authz");
        assertThat(Client.json(client.get("/api/v1/tasks/" + id))
                        .at("/labels/team")
                        .asText())
                .isEqualTo("authz");
    }

    @Test
    void aTaskThatTheRunnerCannotRunHasAnExitCodeOfItsOwn() {
        Ran ran = fleet("run", "--", "true");
        assertThat(ran.code()).isEqualTo(ExitCode.RUNNER);
        assertThat(ran.out()).contains("ENGINE_UNAVAILABLE").contains("remedy");

        Ran followed = fleet("run", "--follow", "--", "true");
        assertThat(followed.code()).isEqualTo(ExitCode.RUNNER);
        assertThat(followed.out()).isEmpty();
        assertThat(followed.err()).contains("ENGINE_UNAVAILABLE");
    }

    @Test
    void jsonIsTheServicesAnswerUnchanged() {
        String id = submitted();
        fleet("wait", id);
        assertThat(fleet("result", id, "-o", "json").out().strip())
                .isEqualTo(client.get("/api/v1/tasks/" + id + "/result").body().strip());
        assertThat(fleet("ls", "--id", id, "-o", "json").out().strip())
                .isEqualTo(client.get("/api/v1/tasks?id=" + id).body().strip());
    }

    @Test
    void yamlIsTheSameForPeople() {
        String id = submitted();
        assertThat(fleet("ls", "--id", id, "-o", "yaml").out())
                .contains("- id: " + id)
                .contains("owner: admin");
    }

    @Test
    void listsByFilters() {
        String team = UUID.randomUUID().toString();
        String id = submitted("--label", "team=" + team, "--case", "case-" + team, "--role", "developer");
        submitted();
        assertThat(fleet("ls", "-q", "--label", "team=" + team).out().strip()).isEqualTo(id);
        assertThat(fleet("ls", "-q", "--case", "case-" + team.substring(0, 8) + "*")
                        .out()
                        .strip())
                .isEqualTo(id);
        Ran page = fleet("ls", "--limit", "1");
        assertThat(page.out().lines()).hasSize(2);
        assertThat(page.err()).contains("--cursor ");
    }

    @Test
    void waitsForTheEnd() {
        Ran waited = fleet("wait", submitted(), "-o", "json");
        assertThat(waited.code()).isEqualTo(ExitCode.RUNNER);
        assertThat(waited.json().get("status").asText()).isEqualTo("error");
    }

    @Test
    void tellsEveryFaultOfABadSpecWithItsPointer() {
        Ran ran = Ran.reading("{\"cmd\": [], \"image\": 3}", Ran.service(), "run", "-f", "-");
        assertThat(ran.code()).isEqualTo(ExitCode.RUNNER);
        assertThat(ran.err()).contains("INVALID_SPEC").contains("/cmd").contains("/image");
        assertThat(ran.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void takesASpecInYamlAndChangesItByOptions() throws IOException {
        Path spec = Files.writeString(directory.resolve("spec.yaml"), "cmd: [sleep, '1']\nlabels: {a: '1'}\n");
        String id = fleet("submit", "-f", spec.toString(), "--label", "b=2", "--memory", "64Mi")
                .out()
                .strip();
        var kept = Client.json(client.get("/api/v1/tasks/" + id + "/spec"));
        assertThat(kept.at("/cmd/0").asText()).isEqualTo("sleep");
        assertThat(kept.at("/labels/a").asText()).isEqualTo("1");
        assertThat(kept.at("/labels/b").asText()).isEqualTo("2");
        assertThat(kept.at("/resources/memory").asText()).isEqualTo("64Mi");
    }

    @Test
    void cancelsAndRunsAgain() {
        String id = submitted();
        assertThat(fleet("cancel", id, id).code()).isZero();
        String again = fleet("rerun", id).out().strip();
        assertThat(again).isNotEqualTo(id).hasSize(id.length());
    }

    @Test
    void uploadsADirectoryOnceAndNamesItsWorkspace() throws IOException {
        Files.writeString(directory.resolve("a.txt"), "a");
        Ran first = fleet("cp", directory.toString(), "ws:");
        assertThat(first.out()).as(first.err()).startsWith("ws-");
        assertThat(fleet("cp", directory.toString(), "ws:").out()).isEqualTo(first.out());
        String id = submitted("-w", directory + ":/workspace/in");
        var mount = Client.json(client.get("/api/v1/tasks/" + id + "/spec")).at("/mounts/0");
        assertThat(mount.get("source").asText()).isEqualTo(first.out().strip());
        assertThat(mount.get("target").asText()).isEqualTo("/workspace/in");
    }

    @Test
    void whoIsNotKnownIsToldSoBeforeALargeUpload() throws IOException {
        Files.write(directory.resolve("large"), new byte[8 << 20]);
        Map<String, String> nobody = new HashMap<>(Ran.service());
        nobody.put("FLEET_TOKEN", "nobody");
        Ran ran = Ran.with(nobody, "cp", directory.toString(), "ws:");
        assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ran.err()).contains("UNAUTHORIZED");
    }

    @Test
    void tellsThatTheServiceIsDegraded() {
        Ran ran = fleet("health");
        assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ran.out()).contains("degraded");
    }

    @Test
    void makesListsAndRevokesTokens() {
        Ran made = fleet("token", "create", "cli-test", "--role", "viewer", "--expires", "90d", "-o", "json");
        assertThat(made.code()).as(made.err()).isZero();
        String token = made.json().get("token").asText();
        Map<String, String> viewer = new HashMap<>(Ran.service());
        viewer.put("FLEET_TOKEN", token);
        assertThat(Ran.with(viewer, "ls").code()).isZero();
        Ran denied = Ran.with(viewer, "submit", "--", "true");
        assertThat(denied.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(denied.err()).contains("FORBIDDEN");

        assertThat(fleet("token", "ls").out()).contains("cli-test").doesNotContain(token);
        assertThat(fleet("token", "revoke", made.json().get("id").asText()).code())
                .isZero();
        assertThat(Ran.with(viewer, "ls").err()).contains("UNAUTHORIZED").contains("FLEET_TOKEN");
    }

    @Test
    void explainsThePolicy() {
        assertThat(fleet("policy", "show").out()).contains("profiles:");
        Ran denied = fleet("policy", "check", "--network", "open", "--", "true");
        assertThat(denied.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(denied.out()).startsWith("denied").contains("/network/mode");
        assertThat(fleet("policy", "check", "--", "true").code()).isZero();
    }

    @Test
    void showsAndExportsTheAudit() {
        String id = submitted();
        assertThat(fleet("audit", "ls", "--target", id).out()).contains("task.submit");
        Ran export = fleet("audit", "export");
        assertThat(export.out()).contains(id).startsWith("{").endsWith("}\n");
        assertThat(fleet("audit", "head").out()).matches("\\d+:[0-9a-f]{64}\n");
    }

    @Test
    void tellsTheVersionsOfBoth() {
        assertThat(fleet("version").out())
                .contains("client")
                .contains(Client.address().getHost());
        assertThat(fleet("version", "--client", "-o", "json")
                        .json()
                        .get("client")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void showsWhatRunsWhichIsNothing() {
        assertThat(fleet("ps").out()).startsWith("TASK").hasLineCount(1);
        assertThat(fleet("top").out()).isEqualTo(fleet("ps").out());
        assertThat(fleet("ps", "-o", "json").json().get("containers")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"result", "logs", "wait", "cancel", "rerun"})
    void saysThatThereIsNoSuchTask(String command) {
        Ran ran = fleet(command, "no-such-task");
        assertThat(ran.code()).isIn(ExitCode.REFUSED, ExitCode.RUNNER);
        assertThat(ran.err()).startsWith("fleet: NOT_FOUND: ").hasLineCount(1);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ls --status nonsense,status", "ls --limit 0,limit", "logs x --stream both,stream"})
    void handsOnWhatTheServiceRefuses(String line, String named) {
        Ran ran = fleet(line.split(" "));
        assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ran.err()).contains(named);
    }
}
