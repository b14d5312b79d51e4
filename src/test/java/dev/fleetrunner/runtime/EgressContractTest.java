package dev.fleetrunner.runtime;

import static dev.fleetrunner.runtime.SpecBuilder.shell;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a task may reach, by the mode of its network. {@code openReachesTheMachine} is not for {@code podman-gvisor} and
 * {@code docker-gvisor}: their gVisor has {@code --network=none}, whatever network the engine gives the container.
 */
class EgressContractTest extends RuntimeContract {

    static Stream<RuntimeFixture> fixtures() {
        return withWalls();
    }
    /** Asks the proxy for an address and prints the answer; waits for a way out that is away. */
    private static final String ASK = "ask() { perl -MIO::Socket::INET -e '"
            + "$s = IO::Socket::INET->new(\"127.0.0.1:3128\") or die \"no way out: $!\";"
            + "print $s \"GET $ARGV[0] HTTP/1.1\\r\\nHost: other\\r\\nConnection: close\\r\\n\\r\\n\"; print <$s>;"
            + "' \"$1\"; }; ";

    private HttpServer server;
    private String port;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = ("hello " + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI() + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        port = ":" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        if (server != null) { // a case that a fixture does not run began none
            server.stop(0);
        }
    }

    private DeniedHosts denied(ContainerRef ref) {
        return runtime.denied(ref).await().atMost(LIMIT);
    }

    @Test
    void whatIsAllowedIsReachedAndWhatIsNotIsTold() {
        for (String user : List.of("1000:1000", "54321:54321")) {
            Started started = start(shell(ASK + "ask http://web.test" + port + "/a; ask http://other.test" + port
                            + "/b; ask http://inside.example/; env | grep -ci _proxy; env | grep FLEET_WIRE")
                    .user(user)
                    .allow("web.test" + port, "inside.example"));
            TaskRun run = TaskRun.finish(started.running());

            assertThat(run.out())
                    .contains("hello web.test" + port + "/a")
                    .contains("HTTP/1.1 403 other.test" + port + " is denied")
                    .contains("network.allow: [\"other.test" + port + "\"]")
                    .contains("its address is private")
                    .doesNotContain("hello other", "FLEET_WIRE")
                    .endsWith("\n6\n");
            assertThat(run.enforced().network()).isEqualTo("restricted");
            assertThat(denied(started.ref()).hosts()).containsExactly("inside.example", "other.test" + port);
            assertThat(denied(started.ref()).notes())
                    .singleElement()
                    .asString()
                    .contains("fleet.egress.private-addresses");
            runtime.remove(started.ref()).await().atMost(LIMIT);
            assertThat(denied(started.ref())).isEqualTo(DeniedHosts.NONE);
        }
    }

    @Test
    void nothingElseCanBeReached() throws IOException {
        String addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(" "));
        TaskRun run = run(shell("cat /proc/net/dev | tail -n +3 | cut -d: -f1; tail -n +2 /proc/net/route;"
                        + "for a in " + addresses + " 169.254.169.254 172.17.0.1 172.17.0.2 10.88.0.1 10.88.0.2; do"
                        + " perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(PeerAddr => shift, Timeout => 5)"
                        + " ? \"open\" : \"shut\", \"\\n\"' $a" + port + "; done;"
                        + " getent hosts example.com || echo no name")
                .allow("*.test"));

        assertThat(run.out().strip().lines().map(String::strip).distinct()).containsExactly("lo", "shut", "no name");
    }

    @Test
    void withoutARuleEverythingIsDenied() {
        Started started = start(shell(ASK + "ask http://web.test" + port + "/").allow());
        TaskRun run = TaskRun.finish(started.running());

        assertThat(run.out()).contains("403 web.test" + port + " is denied");
        assertThat(denied(started.ref()).hosts()).containsExactly("web.test" + port);
    }

    @Test
    void aSpecsOwnVariablesCountMoreThanOurs() {
        TaskRun run = run(shell("echo $http_proxy; echo $https_proxy")
                .env(java.util.Map.of("http_proxy", "mine"))
                .allow());

        assertThat(run.out()).isEqualTo("mine\nhttp://127.0.0.1:3128\n");
    }

    @Test
    void theWayOutSurvivesTheRunner() {
        Started started = start(shell(ASK + "ask http://other.test" + port + "/; trap 'ask http://web.test" + port
                        + "/later; ask http://third.test" + port
                        + "/; exit' TERM; echo first; while :; do sleep 0.1; done")
                .allow("web.test" + port));
        AssertSubscriber<String> first = started.running()
                .output()
                .map(chunk -> new String(chunk.bytes(), StandardCharsets.UTF_8))
                .filter(text -> text.contains("first"))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1));
        first.awaitNextItems(1, LIMIT);
        first.cancel();
        fixture.close(runtime);

        runtime = fixture.open(instance);
        RunningContainer again =
                runtime.adopt(started.ref(), LogResume.START).await().atMost(LIMIT);
        runtime.stop(started.ref(), LIMIT).await().atMost(LIMIT);
        TaskRun run = TaskRun.finish(again);

        assertThat(run.out()).contains("hello web.test" + port + "/later");
        assertThat(run.enforced().network()).isEqualTo("restricted");
        assertThat(denied(started.ref()).hosts()).containsExactly("other.test" + port, "third.test" + port);
    }

    @Test
    void openReachesTheMachine() {
        TaskRun run = run(shell("gateway=$(perl -ane 'print join \".\", reverse map hex, $F[2] =~ /../g"
                        + " if $F[1] eq \"00000000\"' /proc/net/route);"
                        + " perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(shift) or die $!;"
                        + " print $s \"GET /open HTTP/1.0\\r\\n\\r\\n\"; print <$s>' $gateway" + port)
                .network(Mode.OPEN));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("/open");
        assertThat(run.enforced().network()).isEqualTo("open");
    }

    @Test
    void noneHasNoWayOut() {
        TaskRun run = run(shell("ls /run/fleet; env | grep -i proxy; echo end"));

        assertThat(run.out()).isEqualTo("end\n");
        assertThat(run.enforced().network()).isEqualTo("none");
    }

    @Test
    void theTaskCannotChangeItsWayOut() {
        TaskRun run = run(shell("rm -f /run/fleet/tcp-3128; touch /run/fleet/tcp-80; cd /run/fleet; echo *;"
                        + " perl -ane 'print $F[3] =~ /^ro\\b/ ? \"read-only\" : \"writable\", \"\\n\" if $F[1] eq \"/run/fleet\"'"
                        + " /proc/mounts")
                .allow());

        assertThat(run.out()).isEqualTo("tcp-3128\nread-only\n");
        assertThat(run.err()).contains("rm: cannot remove", "touch: cannot touch");
    }
}
