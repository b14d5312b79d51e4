package dev.fleetrunner.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.SecretValue;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.ContainerSpec.Secret;
import dev.fleetrunner.runtime.engine.EngineFixture;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

/** What holds in gVisor where the contract's own cases look at the kernel; {@code docs/isolation.md} tells the same. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
class GvisorTest extends RuntimeContract {

    static Stream<RuntimeFixture> fixtures() {
        return present(EngineFixture.PODMAN_GVISOR, EngineFixture.DOCKER_GVISOR);
    }

    @Test
    void theKernelIsNotTheMachines() {
        TaskRun run = run(shell("cat /proc/version"));

        assertThat(run.out()).startsWith("Linux version 4.4.0 ").doesNotContain(System.getProperty("os.version"));
        assertThat(run.enforced().isolation()).isEqualTo("gvisor");
    }

    @Test
    void theReceiptIsWhatTheEngineWasTold() {
        TaskRun run = run(shell("true").memory(128L << 20).pids(177));

        assertThat(run.enforced().memoryBytes()).isEqualTo(128L << 20);
        assertThat(run.enforced().pids()).isEqualTo(177);
        assertThat(run.enforced().cpus()).isEqualTo(1.0);
        assertThat(run.enforced().user()).isEqualTo("1000:1000");
        assertThat(run.enforced().network()).isEqualTo("none");
        assertThat(run.enforced().readOnlyRoot()).isTrue();
        assertThat(run.enforced().capabilities()).isEmpty();
    }

    @Test
    void memoryThatRunsOutEndsTheSandbox() {
        TaskRun run = run(command("perl", "-e", "my $x = 'a' x (1 << 30); print length $x")
                .memory(64L << 20));

        assertThat(run.exit().code()).isEqualTo(137);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void processesBeyondTheLimitEndTheSandbox() {
        TaskRun run = run(command(
                        "perl",
                        "-e",
                        "$| = 1; my $n = 0; while (defined(my $p = fork)) { if (!$p) { sleep 600 } print ++$n, qq(\n) } "
                                + "print qq(held\n)")
                .pids(150));

        assertThat(run.exit().code()).isNotZero();
        assertThat(run.out().lines().count()).isLessThan(150);
    }

    @Test
    void theTimeIsToldAndThePeakOfMemoryIsNot() {
        Exit exit = run(command("perl", "-e", "my $i = 0; $i++ while $i < 3e6")).exit();

        assertThat(exit.cpuSeconds()).isGreaterThan(0.01);
        assertThat(exit.peakMemoryBytes()).isNull();
    }

    @Test
    void thereAreNoCapabilities() {
        TaskRun run = run(shell("grep ^Cap /proc/self/status"));

        assertThat(run.out().lines()).hasSize(4).allMatch(line -> line.endsWith("0000000000000000"));
    }

    @Test
    void thereIsNoOtherNetworkThanLoopback() {
        TaskRun run = run(shell("tail -n +3 /proc/net/dev | cut -d: -f1; tail -n +2 /proc/net/route; "
                + "perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(PeerAddr => q(10.0.0.1:80), Timeout => 3) "
                + "? q(reached) : q(nothing)'"));

        assertThat(run.out().strip()).isIn("lo\nnothing", "nothing");
    }

    @Test
    void anOpenNetworkReachesNothingEither() {
        TaskRun run = run(shell("perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(PeerAddr => q(10.0.0.1:80), "
                        + "Timeout => 3) ? q(reached) : q(nothing)'; tail -n +2 /proc/net/route")
                .network(Mode.OPEN));

        assertThat(run.out()).isEqualTo("nothing");
    }

    @Test
    void whatTheRunnerSaysIsNotTheTasksHereEither() {
        TaskRun run = run(shell("env; cat /proc/1/environ").env(Map.of("GREETING", "hello world")));

        // There init's environment can be read, so it is wiped.
        assertThat(run.out()).contains("GREETING=hello world").doesNotContainPattern("FLEET_INIT= *[0-9a-f]{8}");
        assertThat(run.err()).doesNotContain("fleet-init");
    }

    @Test
    void copiesAndCachesAreTheTasks() {
        String owner = "perl -e 'print join(q(:), (stat $_)[4, 5]), qq(\\n) for @ARGV' ";
        for (String user : List.of("1000:1000", "4321:4322")) {
            String[] ids = user.split(":");
            TaskFiles files = TaskFiles.of(Integer.parseInt(ids[0]), Integer.parseInt(ids[1]))
                    .file("./a", 0644, "content");
            TaskRun run = run(shell(owner + "/src /src/a /kept && cat /src/a && touch /src/b /kept/c && echo ' ok'")
                    .user(user)
                    .mount(new MountSpec.Copy("/src", false, "ws-test", files::stream))
                    .mount(new MountSpec.Cache("/kept", "k" + ids[0])));

            assertThat(run.out()).isEqualTo((user + "\n").repeat(3) + "content ok\n");
        }
    }

    @Test
    void aWallThatIsNotThereIsRefusedBeforeAnythingIsMade() {
        ContainerSpec spec = shell("true").isolation("kata").build();

        assertThatThrownBy(() -> prepare(spec)).isInstanceOfSatisfying(RuntimeFailure.class, failure -> assertThat(
                        failure.reason().code())
                .isEqualTo(CauseCode.NOT_SUPPORTED));
        assertThat(owned()).isEmpty();
    }

    @Test
    void anEngineOfItsOwnIsRefusedBeforeAnythingIsMade() {
        ContainerSpec spec = shell("true").engine().build();

        assertThatThrownBy(() -> prepare(spec))
                .isInstanceOfSatisfying(
                        RuntimeFailure.class,
                        failure -> assertThat(failure.reason().code()).isEqualTo(CauseCode.NOT_SUPPORTED))
                .hasMessageContaining("engine: ")
                .hasMessageContaining("isolation gvisor");
        assertThat(owned()).isEmpty();
    }

    @Test
    void aRestrictedNetworkIsRefusedWhereSocketsAreShut() {
        fixture.close(runtime);
        runtime = ((EngineFixture) fixture).openWithoutSockets(instance);

        assertThatThrownBy(() -> prepare(shell("true").allow("web.test").build()))
                .isInstanceOfSatisfying(
                        RuntimeFailure.class,
                        failure -> assertThat(failure.reason().code()).isEqualTo(CauseCode.NOT_SUPPORTED))
                .hasMessageContaining("network.mode restricted")
                .hasMessageContaining("fleet.isolation.gvisor.sockets=true");
        assertThat(owned()).isEmpty();
        assertThat(run(shell("echo here")).out()).isEqualTo("here\n");
    }

    @Test
    void secretsArriveAndInitDoesNotShowThem() {
        TaskRun run = run(shell("cat /run/secrets/token; echo \"$API_KEY\"; grep -c s3cr3t /proc/1/environ")
                .secrets(
                        new Secret.File("token", new SecretValue("hunter2\n".getBytes(UTF_8))),
                        new Secret.Variable("API_KEY", new SecretValue("s3cr3t".getBytes(UTF_8)))));

        assertThat(run.out()).isEqualTo("hunter2\ns3cr3t\n0\n");
    }
}
