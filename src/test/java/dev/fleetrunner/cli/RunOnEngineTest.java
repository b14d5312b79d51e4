package dev.fleetrunner.cli;

import static dev.fleetrunner.cli.Ran.fleet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.OnEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in real containers, by the command line. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(180)
class RunOnEngineTest {
    @TempDir
    Path directory;

    private static void awaitPhase(String id, String phase) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Client.json(Client.known().get("/api/v1/tasks/" + id))
                        .get("phase")
                        .asText()
                        .equals(phase));
    }

    @Test
    void theStreamsAreKeptApartAndTheExitCodeIsTheTasks() {
        Ran ran = fleet("run", "--follow", "--", "sh", "-c", "echo out; echo err >&2; printf end; exit 3");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).isEqualTo("out\nend");
        assertThat(ran.err()).startsWith("err\n").contains("EXIT_NONZERO");
    }

    @Test
    void aTaskThatPassesSaysNothingMore() {
        Ran ran = fleet("run", "--follow", "--", "sh", "-c", "seq 1 20000");
        String expected =
                IntStream.rangeClosed(1, 20_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
        assertThat(ran.out()).isEqualTo(expected);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
    }

    @Test
    void whatIsNotTheCommandsDoingHasCodesOfItsOwn() {
        assertThat(fleet("run", "--timeout", "1", "--", "sleep", "60").code()).isEqualTo(ExitCode.TIMEOUT);
        assertThat(fleet("run", "--", "/no/such/program").code()).isEqualTo(ExitCode.NO_COMMAND);
        assertThat(fleet("run", "--image", "localhost/no-such-image:1", "--", "true")
                        .code())
                .isEqualTo(ExitCode.RUNNER);
    }

    @Test
    void filesGoInAndComeOut() throws IOException {
        Path in = Files.createDirectory(directory.resolve("in"));
        Path program = Files.writeString(
                in.resolve("run.sh"), "#!/bin/sh\nmkdir -p out/deep\ncp link out/deep/copy\nprintf b > out/b\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(in.resolve("text"), "content\n");
        Files.createSymbolicLink(in.resolve("link"), Path.of("text"));

        Ran ran = fleet(
                "run",
                "-w",
                in.toString(),
                "--artifact",
                "/workspace/out",
                "-o",
                "json",
                "--",
                "sh",
                "-c",
                "cd /workspace && ./run.sh");
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        String id = ran.json().get("id").asText();

        Path all = directory.resolve("all");
        assertThat(fleet("cp", id + ":", all.toString()).code()).isZero();
        assertThat(all.resolve("workspace/out/deep/copy")).hasContent("content\n");
        Path part = directory.resolve("part");
        assertThat(fleet("cp", id + ":/workspace/out", part.toString()).code()).isZero();
        assertThat(part.resolve("out/b")).hasContent("b");
        assertThat(fleet("cp", id + ":/workspace/out/b", "-").out()).isEqualTo("b");
        assertThat(fleet("cp", id + ":", "-").out()).startsWith("PK");
        assertThat(fleet("cp", id + ":/nowhere", "-").err()).contains("NOT_FOUND");
    }

    @Test
    void aTaskIsSeenFollowedAndCancelled() {
        String id =
                fleet("submit", "--", "sh", "-c", "echo begun; sleep 100").out().strip();
        awaitPhase(id, "running");
        assertThat(fleet("result", id).code()).isEqualTo(ExitCode.NOT_OVER);
        assertThat(fleet("wait", id, "--timeout", "1").code()).isEqualTo(ExitCode.NOT_OVER);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(fleet("ps").out()).contains(id).contains("running").contains("iB");
            assertThat(fleet("logs", id).out()).isEqualTo("begun\n");
        });
        assertThat(fleet("cancel", id).code()).isZero();
        assertThat(fleet("logs", "-f", id).out()).isEqualTo("begun\n");
        assertThat(fleet("wait", id).code()).isEqualTo(ExitCode.CANCELLED);
    }

    @Test
    void ctrlCTwiceCancelsARealTask() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Ran.service());
        environment.put("FLEET_CDS", "off");
        String file = FleetFile.make(directory).toString();
        String[] command = {file, "run", "--follow", "--", "sh", "-c", "echo begun; sleep 100"};
        String id;
        try (Terminal terminal = Terminal.run(environment, command)) {
            terminal.awaitText("begun");
            terminal.type(Terminal.CTRL_C);
            terminal.awaitText("Ctrl-C again");
            terminal.type(Terminal.CTRL_C);
            assertThat(terminal.end()).isEqualTo(ExitCode.CANCELLED);
            id = fleet("ls", "-q", "--limit", "1").out().strip();
        }
        JsonNode result = fleet("wait", id, "-o", "json").json();
        assertThat(result.get("status").asText()).isEqualTo("cancelled");
    }
}
