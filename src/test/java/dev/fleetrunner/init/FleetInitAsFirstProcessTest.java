package dev.fleetrunner.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fleetrunner.init.InitProcess.Ended;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fleet-init promises as PID 1 of a namespace, as in a container. Linux may forbid namespaces to all but root. */
@Timeout(60)
class FleetInitAsFirstProcessTest {
    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final List<String> UNSHARE = ROOT
            ? List.of("unshare", "--pid", "--fork", "--mount-proc")
            : List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc");

    @BeforeAll
    static void namespacesMayBeMade() throws IOException, InterruptedException {
        List<String> probe = new ArrayList<>(UNSHARE);
        probe.add("true");
        int code = new ProcessBuilder(probe).start().waitFor();
        assumeTrue(ROOT || code == 0, "this user may make no namespaces");
        assertThat(code).as("root may make namespaces").isZero();
    }

    @Test
    void aDaemonInASessionOfItsOwnEndsWithTheCommand() throws Exception {
        Ended ended =
                asFirst("sh", "-c", "setsid sleep 300 & echo started; exit 3").ended();

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.out()).isEqualTo("started\n");
        assertThat(ended.report().exec()).isZero();
    }

    @Test
    void orphansAreReaped() throws Exception {
        Ended ended = asFirst(
                        "sh",
                        "-c",
                        "for i in 1 2 3 4 5; do (sh -c 'sleep 0.1; exec true' &); done;"
                                + "while [ $(grep -lE 'PPid:\\s+1$' /proc/[0-9]*/status | wc -l) -gt 1 ]; do sleep 0.05; done;"
                                + "echo none left")
                .ended();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).isEqualTo("none left\n");
    }

    @Test
    void aDeadlineEndsACommandThatIgnoresTermInEveryProcess() throws Exception {
        Ended ended = InitProcess.startWith(
                        InitProcess.NONCE + " 1 0",
                        UNSHARE,
                        "sh",
                        "-c",
                        "trap '' TERM; setsid sh -c \"trap '' TERM; sleep 300\" & while :; do sleep 0.05; done")
                .ended();

        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(ended.report().deadline()).isTrue();
    }

    private static InitProcess asFirst(String... command) throws IOException {
        return InitProcess.startWith(InitProcess.NONCE + " 0 0", UNSHARE, command);
    }
}
