package dev.fleetrunner.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.init.InitProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fleet-init promises wherever it runs; {@link FleetInitAsFirstProcessTest} has what it promises as PID 1. */
@Timeout(60)
class FleetInitTest {
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 125, 126, 127, 255})
    void handsTheExitCodeThrough(int code) throws Exception {
        Ended ended = InitProcess.start("sh", "-c", "echo out; echo err >&2; exit " + code)
                .ended();

        assertThat(ended.exitCode()).isEqualTo(code);
        assertThat(ended.out()).isEqualTo("out\n");
        assertThat(ended.report().before()).isEqualTo("err\n");
        assertThat(ended.report().exec()).isZero();
        assertThat(ended.report().signal()).isZero();
        assertThat(ended.report().deadline()).isFalse();
        assertThat(ended.report().cpuNanos()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"KILL, 9", "TERM, 15", "SEGV, 11"})
    void tellsTheSignalThatEndedTheCommand(String name, int number) throws Exception {
        Ended ended = InitProcess.start("sh", "-c", "kill -" + name + " $$").ended();

        assertThat(ended.exitCode()).isEqualTo(128 + number);
        assertThat(ended.report().signal()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-command", "/no/such/command"})
    void aCommandThatIsNotThereIs127(String command) throws Exception {
        Ended ended = InitProcess.start(command).ended();

        assertThat(ended.exitCode()).isEqualTo(127);
        assertThat(ended.report().exec()).isEqualTo(ENOENT);
        assertThat(ended.report().before())
                .contains("cannot execute " + command)
                .contains("No such file");
    }

    @Test
    void aCommandThatMayNotBeExecutedIs126(@TempDir Path dir) throws Exception {
        Path plain = Files.writeString(dir.resolve("plain"), "text");

        for (Path command : List.of(plain, dir)) {
            Ended ended = InitProcess.start(command.toString()).ended();
            assertThat(ended.exitCode()).isEqualTo(126);
            assertThat(ended.report().exec()).isEqualTo(EACCES);
        }
    }

    @Test
    void passesTermOn() throws Exception {
        InitProcess init =
                InitProcess.start("sh", "-c", "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        assertThat(init.readLine()).isEqualTo("ready");

        init.terminate();

        Ended ended = init.ended();
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.out()).isEqualTo("bye\n");
        assertThat(ended.report().signal()).isZero();
    }

    @Test
    void atTheDeadlineTheCommandGetsTermAndTimeToTidyUp() throws Exception {
        Ended ended = InitProcess.startWith(
                        InitProcess.NONCE + " 1 20",
                        List.of(),
                        "sh",
                        "-c",
                        "trap 'echo tidy; exit 9' TERM; while :; do sleep 0.05; done")
                .ended();

        assertThat(ended.exitCode()).isEqualTo(9);
        assertThat(ended.out()).isEqualTo("tidy\n");
        assertThat(ended.report().deadline()).isTrue();
        assertThat(ended.report().signal()).isZero();
    }

    @Test
    void afterTheGraceTheCommandIsKilled() throws Exception {
        long start = System.nanoTime();

        Ended ended = InitProcess.startWith(
                        InitProcess.NONCE + " 1 1", List.of(), "sh", "-c", "trap '' TERM; while :; do sleep 0.05; done")
                .ended();

        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(ended.report().deadline()).isTrue();
        assertThat(ended.report().signal()).isEqualTo(9);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whenTheBudgetIsUsedUpTheCommandIsEnded(@TempDir Path dir) throws Exception {
        Ended ended = underBudget(
                dir,
                1_000_000,
                "trap 'exit 9' TERM; mkdir -p a/b; head -c 1100000 /dev/zero > a/b/f; while :; do sleep 0.05; done");

        assertThat(ended.exitCode()).isEqualTo(9);
        assertThat(ended.report().disk()).isGreaterThanOrEqualTo(1_000_000);
        assertThat(ended.report().deadline()).isFalse();
    }

    @Test
    void afterTheGraceACommandThatUsedItsBudgetUpIsKilled(@TempDir Path dir) throws Exception {
        Ended ended = underBudget(
                dir, 1_000_000, "trap '' TERM; head -c 1100000 /dev/zero > f; while :; do sleep 0.05; done");

        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(ended.report().disk()).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void aCommandThatFailsIsMeasuredOnceMore(@TempDir Path dir) throws Exception {
        Ended ended = underBudget(dir, 1_000_000, "head -c 1100000 /dev/zero > f; exit 3");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.report().disk()).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void hardLinksOtherMountsAndHolesDoNotUseABudgetUp(@TempDir Path dir) throws Exception {
        Ended ended = underBudget(
                dir,
                2_000_000,
                "mkdir mount; head -c 3000000 /dev/zero > mount/f; head -c 1000000 /dev/zero > f; ln f g; ln f h;"
                        + "truncate -s 1G hole; sleep 2.5; exit 3");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.report().disk()).isEqualTo(-1);
    }

    private static Ended underBudget(Path dir, long bytes, String script) throws Exception {
        String settings = InitProcess.NONCE + " 0 1 " + bytes + "\n" + dir + "\n-" + dir + "/mount";
        return InitProcess.startWith(settings, List.of(), "sh", "-c", "cd '" + dir + "'; " + script)
                .ended();
    }

    @Test
    void aGrandchildThatHoldsThePipesDelaysNothing() throws Exception {
        Ended ended = InitProcess.start("sh", "-c", "sleep 300 & echo done").ended();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).isEqualTo("done\n");
        assertThat(ended.report().exec()).isZero();
    }

    @Test
    void theReportSurvivesAFullNonBlockingStandardError() throws Exception {
        InitProcess init = InitProcess.start(
                "perl",
                "-e",
                "use Fcntl; fcntl(STDERR, F_SETFL, O_WRONLY | O_NONBLOCK) or die;"
                        + "1 while defined syswrite(STDERR, 'x' x 4096);"
                        + "1 while defined syswrite(STDERR, 'x'); syswrite(STDOUT, \"full\\n\");");
        assertThat(init.readLine()).isEqualTo("full");

        Ended ended = init.ended();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.report().before()).matches("x{4096,}");
    }

    @Test
    void theCommandDoesNotSeeTheSettings(@TempDir Path dir) throws Exception {
        // Root may read any process, so the command has to be somebody else, who must reach the executable.
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path binary = Files.copy(InitProcess.binary(), dir.resolve("fleet-init"));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> asNobody = System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")
                : List.of();

        Ended ended = InitProcess.startBinary(
                        binary,
                        InitProcess.NONCE + " 0 0",
                        asNobody,
                        "sh",
                        "-c",
                        "env; cat /proc/$PPID/environ || echo unreadable")
                .ended();

        assertThat(ended.out())
                .contains("PATH=")
                .contains("unreadable")
                .doesNotContain("FLEET_INIT", InitProcess.NONCE);
        assertThat(ended.report().before()).contains("Permission denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonce", "nonce 5", "nonce soon 5"})
    void unusableSettingsAreAUsageError(String settings) throws Exception {
        Ended ended =
                InitProcess.startWith(settings, List.of(), "echo", "never").ended();

        assertUsageError(ended);
    }

    @Test
    void missingSettingsOrCommandAreAUsageError() throws Exception {
        assertUsageError(InitProcess.startWith(null, List.of(), "echo", "never").ended());
        assertUsageError(InitProcess.start().ended());
    }

    private static void assertUsageError(Ended ended) {
        assertThat(ended.exitCode()).isEqualTo(125);
        assertThat(ended.all()).isEmpty();
        assertThat(ended.err()).startsWith("usage: ");
    }
}
