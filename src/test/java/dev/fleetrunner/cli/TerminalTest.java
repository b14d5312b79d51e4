package dev.fleetrunner.cli;

import static dev.fleetrunner.cli.Terminal.CTRL_C;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file as somebody uses it who sits at a terminal, or puts it into a pipe. */
@Timeout(120)
class TerminalTest {
    private static final String COLOUR = "\033[";

    @TempDir
    static Path directory;

    private static String fleet;

    private PretendedTask task;

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        fleet = FleetFile.make(directory).toString();
    }

    @BeforeEach
    void start() throws IOException {
        task = new PretendedTask();
    }

    @AfterEach
    void stop() {
        task.close();
    }

    private Terminal terminal(String... arguments) throws IOException {
        return Terminal.run(task.environment(), arguments);
    }

    /** What a line of a shell writes into a pipe, both streams. */
    private String piped(String line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -o pipefail; " + line).redirectErrorStream(true);
        builder.environment().putAll(task.environment());
        Process process = builder.start();
        String seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return seen + process.waitFor();
    }

    @Test
    void coloursAreForTerminalsAlone() throws IOException, InterruptedException {
        try (Terminal terminal = terminal(fleet, "ls")) {
            assertThat(terminal.end()).isZero();
            assertThat(terminal.seen()).contains(COLOUR).contains("running");
        }
        assertThat(piped(fleet + " ls")).contains("running").doesNotContain(COLOUR);
    }

    @Test
    void noColourWhereNoneIsWanted() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(task.environment());
        environment.put("NO_COLOR", "1");
        try (Terminal terminal = Terminal.run(environment, fleet, "ls")) {
            assertThat(terminal.end()).isZero();
            assertThat(terminal.seen()).contains("running").doesNotContain(COLOUR);
        }
    }

    @Test
    void theFirstCtrlCAsksAndTheTaskGoesOn() throws IOException, InterruptedException {
        try (Terminal terminal = terminal(fleet, "run", "--follow", "--", "x")) {
            terminal.awaitText("line 2");
            terminal.type(CTRL_C);
            terminal.awaitText("Ctrl-C again");
            assertThat(task.isCancelled()).isFalse();
            task.over.countDown();
            assertThat(terminal.end()).isZero();
        }
    }

    @Test
    void theSecondCtrlCCancels() throws IOException, InterruptedException {
        try (Terminal terminal = terminal(fleet, "run", "--follow", "--", "x")) {
            terminal.awaitText("line 2");
            terminal.type(CTRL_C);
            terminal.awaitText("Ctrl-C again");
            terminal.type(CTRL_C);
            assertThat(terminal.end()).isEqualTo(ExitCode.CANCELLED);
            assertThat(task.isCancelled()).isTrue();
        }
    }

    @Test
    void theSecondCtrlCCancelsWhatIsWaitedForToo() throws IOException, InterruptedException {
        try (Terminal terminal = terminal(fleet, "run", "--", "x")) {
            terminal.awaitText("t running");
            terminal.type(CTRL_C);
            terminal.awaitText("Ctrl-C again");
            terminal.type(CTRL_C);
            assertThat(terminal.end()).isEqualTo(ExitCode.CANCELLED);
            assertThat(task.isCancelled()).isTrue();
        }
    }

    @Test
    void ctrlCEndsWhatOnlyLooksOn() throws IOException, InterruptedException {
        try (Terminal terminal = terminal(fleet, "logs", "-f", "t")) {
            terminal.awaitText("line 2");
            terminal.type(CTRL_C);
            assertThat(terminal.end()).isEqualTo(ExitCode.CANCELLED);
            assertThat(task.isCancelled()).isFalse();
            assertThat(terminal.seen()).doesNotContain("Exception");
        }
    }

    @Test
    void aPipeThatClosesEndsItWithoutAWord() throws IOException, InterruptedException {
        assertThat(piped(fleet + " logs t | head -n 1")).isEqualTo("line 1\n" + ExitCode.CLOSED_PIPE);
    }

    @Test
    void aFullDiskIsNoClosedPipe() throws IOException, InterruptedException {
        assertThat(piped(fleet + " ls > /dev/full"))
                .contains("cannot be written")
                .endsWith("\n" + ExitCode.REFUSED);
    }

    @Test
    void topIsEndedByItsKeyAndGivesTheTerminalBack() throws IOException, InterruptedException {
        String line = fleet + " top; code=$?; stty -a; exit $code";
        try (Terminal terminal = terminal("sh", "-c", line)) {
            terminal.awaitText("0 running");
            terminal.type("q");
            assertThat(terminal.end()).isZero();
            assertThat(terminal.seen()).contains(" icanon").contains(" echo ");
        }
    }

    @Test
    void topIsEndedByCtrlCAndGivesTheTerminalBack() throws IOException, InterruptedException {
        String line = "trap : INT; " + fleet + " top; stty -a";
        try (Terminal terminal = terminal("sh", "-c", line)) {
            terminal.awaitText("0 running");
            terminal.type(CTRL_C);
            terminal.end();
            assertThat(terminal.seen()).contains(" icanon").contains(" echo ");
        }
    }
}
