package dev.fleetrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fleetrunner.service.Engines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code fleet run --local}, by the file that the build makes: {@code make fleet}. An absent one fails the build if
 * {@code -Dcontract.require} names {@code fleet}.
 */
@Tag("engine")
@Timeout(300)
class LocalOnEngineTest {
    private static String fleet;

    /** One for all cases: what is unpacked once serves all. */
    @TempDir
    static Path cache;

    @TempDir
    Path directory;

    private Path temporary;

    @BeforeAll
    static void present() {
        fleet = FleetFile.built().toString();
        assumeTrue(Engines.present().contains("podman"), "podman is not there");
    }

    @BeforeEach
    void ownPlaces() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(fleet, "run", "--local"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().put("FLEET_ENGINE_SOCKETS", Engines.socket("podman"));
        builder.environment().put("FLEET_ENGINE_USUAL_SOCKETS", "false");
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        builder.environment().put("TMPDIR", temporary.toString());
        return builder.start();
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    /** Containers that a service with this data directory has made. */
    private static String containers(Path data) throws IOException, InterruptedException {
        String instance = Files.readString(data.resolve("instance")).strip();
        String filter = "{\"label\":[\"fleetrunner.instance=" + instance + "\"]}";
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sS",
                        "-G",
                        "--unix-socket",
                        Engines.socket("podman"),
                        "http://engine/v1.40/containers/json",
                        "--data",
                        "all=true",
                        "--data-urlencode",
                        "filters=" + filter)
                .redirectErrorStream(true)
                .start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(answer).isZero();
        return answer.strip();
    }

    @Test
    void runsATaskAndLeavesNothingBehind() throws IOException, InterruptedException {
        int code = run("--follow", "--", "sh", "-c", "echo out; echo err >&2; exit 5");
        assertThat(code).as(err()).isEqualTo(5);
        assertThat(out()).isEqualTo("out\n");
        assertThat(err()).startsWith("err\n").hasLineCount(2);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void takesAFileWithAWorkspaceAndKeepsWhatIsToBeKept() throws IOException, InterruptedException {
        Path spec = Files.writeString(directory.resolve("spec.yaml"), "cmd: [sh, -c, 'cat /workspace/text']\n");
        Path workspace = Files.createDirectory(directory.resolve("workspace"));
        Files.writeString(workspace.resolve("text"), "from the workspace\n");
        Path data = directory.resolve("data");

        int code = run("--data-dir", data.toString(), "--follow", "-f", spec.toString(), "-w", workspace.toString());

        assertThat(code).as(err()).isZero();
        assertThat(out()).isEqualTo("from the workspace\n");
        assertThat(data.resolve("service.log")).isNotEmptyFile();
        assertThat(containers(data)).isEqualTo("[]");
    }

    @Test
    void whatIsEndedEndsItsTask() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Process process =
                start("--data-dir", data.toString(), "--follow", "--", "sh", "-c", "echo begun; exec sleep 100");
        await().atMost(Duration.ofSeconds(60)).until(() -> out().equals("begun\n"));
        assertThat(containers(data)).contains("fleetrunner.task");
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(containers(data)).isEqualTo("[]");
    }

    @Test
    void saysThatTheDataDirectoryIsNone() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(run("--data-dir", file.toString(), "--", "true")).isEqualTo(2);
        assertThat(err()).contains("--data-dir").hasLineCount(1);
    }
}
