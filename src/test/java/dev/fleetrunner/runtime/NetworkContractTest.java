package dev.fleetrunner.runtime;

import static dev.fleetrunner.contract.TaskSpec.Network.Mode.OPEN;
import static dev.fleetrunner.contract.TaskSpec.Network.Mode.RESTRICTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tasks reach: nothing, the hosts that they name, or what the engine's network does. */
class NetworkContractTest extends RuntimeContract {
    /** Asks the proxy that the variable names; the first argument is the method, the second what is asked for. */
    private static final String ASK =
            """
            use IO::Socket::INET;
            my ($proxy) = $ENV{http_proxy} =~ m{^http://(.*)$} or die "no proxy";
            sub ask {
                my ($request) = @_;
                my $socket = IO::Socket::INET->new(PeerAddr => $proxy, Timeout => 20) or return "no connection";
                print $socket $request;
                local $/;
                my $answer = <$socket>;
                $answer =~ s/\\r//g;
                return $answer;
            }
            sub get { my ($url) = @_; return ask("GET $url HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n"); }
            $| = 1;
            """;

    private final AtomicBoolean go = new AtomicBoolean();
    private final CountDownLatch asked = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.countDown();
            String said = exchange.getRequestURI().getPath().equals("/go")
                    ? go.get() ? "yes" : "wait"
                    : exchange.getRequestHeaders().getFirst("Host") + " says " + exchange.getRequestURI();
            byte[] body = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServing() {
        server.stop(0);
    }

    private String host(String name) {
        return name + ":" + server.getAddress().getPort();
    }

    @Test
    void aHostThatIsNamedIsReached() {
        TaskRun run = run(command("perl", "-e", ASK + "print get('http://" + host("pypi.test") + "/simple/?a=b');")
                .network(RESTRICTED, host("pypi.test")));

        assertThat(run.out()).startsWith("HTTP/1.1 200 OK\n").endsWith(host("pypi.test") + " says /simple/?a=b");
        assertThat(run.enforced().network()).isEqualTo("restricted");
    }

    @Test
    void aTunnelIsOpenedToAHostThatIsNamed() {
        String inner = "GET /inside HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n";
        TaskRun run = run(command(
                        "perl",
                        "-e",
                        ASK + "print ask('CONNECT " + host("pypi.test") + " HTTP/1.1' . \"\\r\\n\\r\\n" + inner
                                + "\");")
                .network(RESTRICTED, "*.test:" + server.getAddress().getPort()));

        assertThat(run.out()).startsWith("HTTP/1.1 200").endsWith("x says /inside");
    }

    @Test
    void aHostThatIsNotNamedIsRefusedAndTold() {
        Started started = start(command(
                        "perl",
                        "-e",
                        ASK + "print get('http://evil.test/');"
                                + "print ask('CONNECT evil.test:8443 HTTP/1.1' . \"\\r\\n\\r\\n\");"
                                + "print get('http://evil.test/again');")
                .network(RESTRICTED, host("pypi.test")));
        TaskRun run = TaskRun.finish(started.running());

        assertThat(run.out()).contains("HTTP/1.1 403 Forbidden").contains("\"allow\": [\"evil.test:8443\"]");
        assertThat(runtime.deniedHosts(started.ref()).await().atMost(LIMIT))
                .containsExactly(new DeniedHost("evil.test", false), new DeniedHost("evil.test:8443", false));
    }

    @Test
    void thereIsNoOtherWay() {
        int port = server.getAddress().getPort();
        TaskRun run =
                run(shell("grep -c : /proc/net/dev; awk 'NR > 1' /proc/net/route | wc -l; getent hosts example.org;"
                                + "perl -MIO::Socket::INET -e 'for my $host (qw(127.0.0.1 10.88.0.1 172.17.0.1)) {"
                                + " print qq(reached $host\\n) if IO::Socket::INET->new(PeerAddr => qq($host:" + port
                                + "), Timeout => 2) }'; ls /run/fleet; touch /run/fleet/mine 2>/dev/null && echo written;"
                                + " rm -f /run/fleet/tcp-3128 2>/dev/null; ls /run/fleet")
                        .network(RESTRICTED));

        assertThat(run.out()).isEqualTo("1\n0\ntcp-3128\ntcp-3128\n");
    }

    @Test
    void whatTheSpecSaysOfProxiesStays() {
        TaskRun run = run(shell("echo $http_proxy $https_proxy")
                .env(Map.of("http_proxy", "http://mine:1"))
                .network(RESTRICTED));

        assertThat(run.out()).isEqualTo("http://mine:1 http://127.0.0.1:3128\n");
    }

    @Test
    void anotherRunnerOfTheSameInstanceOpensTheWayAgain() throws Exception {
        ContainerRef ref = start(command(
                                "perl",
                                "-e",
                                ASK
                                        + "get('http://evil.test/'); my $said = ''; while ($said !~ /yes$/) { $said = get('http://"
                                        + host("pypi.test") + "/go'); select undef, undef, undef, 0.1; } print 'done';")
                        .network(RESTRICTED, host("pypi.test")))
                .ref();
        asked.await();
        fixture.close(runtime);

        runtime = fixture.open(instance);
        RunningContainer again = runtime.adopt(ref, LogResume.START).await().atMost(LIMIT);
        go.set(true);

        assertThat(TaskRun.finish(again).out()).isEqualTo("done");
        assertThat(runtime.deniedHosts(ref).await().atMost(LIMIT))
                .isEqualTo(List.of(new DeniedHost("evil.test", false)));
    }

    @Test
    void anOpenNetworkIsTheEngines() {
        TaskRun run = run(shell("grep -c : /proc/net/dev").network(OPEN));

        assertThat(run.enforced().network()).isEqualTo("open");
        assertThat(run.out().strip()).isNotEqualTo("1");
    }
}
