package dev.fleetrunner.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Shell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What options become. */
class SpecDocumentTest {
    private String input = "";

    private byte[] document(String... arguments) {
        SpecOptions options = new SpecOptions();
        new CommandLine(options).setStopAtPositional(true).parseArgs(arguments);
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        var none = OutputStream.nullOutputStream();
        var screen = new Screen(new Shell(in, none, none, false, false, 0, Map.of("HERE", "from here")));
        return new SpecDocument(screen, null).of(options);
    }

    private JsonNode spec(String... arguments) throws IOException {
        return Json.read(document(arguments));
    }

    @Test
    void whatFollowsTheCommandIsTheCommands() throws IOException {
        assertThat(spec("sh", "-c", "echo", "--image", "x").toString())
                .isEqualTo("{\"cmd\":[\"sh\",\"-c\",\"echo\",\"--image\",\"x\"]}");
        assertThat(spec("--", "-x").at("/cmd/0").asText()).isEqualTo("-x");
    }

    @Test
    void everyOptionHasItsField() throws IOException {
        JsonNode spec = spec(
                "--image=i",
                "-e",
                "A=b=c",
                "-e",
                "HERE",
                "--secret",
                "K=pypi:env",
                "-w",
                "ws-12345678:/workspace/x",
                "--mount",
                "type=cache,source=pip,target=/c,readonly",
                "--timeout=9",
                "--memory=1Gi",
                "--cpu=500m",
                "--pids=7",
                "--disk=2Gi",
                "--artifact=/a",
                "--artifact=/b",
                "--label",
                "k=v",
                "--network=restricted",
                "--allow=pypi.org",
                "--runtime=podman",
                "--user=5:6",
                "--priority=-3",
                "--case=c",
                "--task-id=t",
                "--role=r",
                "true");
        assertThat(spec)
                .isEqualTo(Json.read(
                        """
                                {"image":"i","cmd":["true"],
                                 "env":{"A":"b=c","HERE":"from here","K":{"secretRef":"pypi","as":"env"}},
                                 "mounts":[{"type":"workspace","source":"ws-12345678","target":"/workspace/x"},
                                           {"type":"cache","source":"pip","target":"/c","readOnly":true}],
                                 "timeouts":{"overallSec":9},
                                 "resources":{"cpu":"500m","memory":"1Gi","pids":7,"disk":"2Gi"},
                                 "artifacts":{"paths":["/a","/b"]},"context":{"case_id":"c","task_id":"t","role":"r"},
                                 "network":{"mode":"restricted","allow":["pypi.org"]},
                                 "user":"5:6","runtime":"podman","labels":{"k":"v"},"priority":-3}"""
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aJsonFileThatNothingChangesStaysAsItIs() {
        input = "{\"cmd\": [\"a\"],\n  \"cmd\": 3}";
        assertThat(new String(document("-f", "-"), StandardCharsets.UTF_8)).isEqualTo(input);
    }

    @Test
    void optionsChangeWhatTheFileSays() throws IOException {
        input = "cmd: [a]\nimage: old\nenv: {X: '1'}\nresources: {memory: 1Gi}\n";
        assertThat(spec("-f", "-", "--image=new", "-e", "Y=2", "--cpu=1", "b").toString())
                .isEqualTo("{\"cmd\":[\"b\"],\"image\":\"new\",\"env\":{\"X\":\"1\",\"Y\":\"2\"},"
                        + "\"resources\":{\"memory\":\"1Gi\",\"cpu\":\"1\"}}");
    }

    @Test
    void saysWhereAFileCannotBeChanged() {
        input = "{\"cmd\": [\"a\"], \"env\": []}";
        assertThatThrownBy(() -> document("-f", "-", "-e", "A=b"))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("/env");
    }

    @Test
    void saysThatAFileIsNoYaml() {
        input = "cmd: [a";
        assertThatThrownBy(() -> document("-f", "-"))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("YAML");
    }
}
