package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy does with requests, good and bad, on real sockets. */
@Timeout(60)
class ProxyTest extends WithEgress {

    /** What the server behind the proxy is asked, answered with this. */
    private CompletableFuture<String> answering(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                String asked = head(socket);
                write(socket, answer);
                return asked;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private String get(String host, String headers) {
        return "GET http://" + host + "/a?b HTTP/1.1\r\n" + headers + "\r\n";
    }

    private String denied() {
        return egress.denied(TASK).await().atMost(LIMIT).hosts().stream()
                .map(Denial::host)
                .toList()
                .toString();
    }

    @Test
    void writesARequestAfresh() throws IOException {
        CompletableFuture<String> asked = answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kept: 1\r\nKeep-Alive: x\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\nhi");

        String answer = ask(get(
                "WEB.test." + port(),
                "Host: evil.example\r\nProxy-Authorization: Basic x\r\nProxy-Connection: keep-alive\r\nTE: trailers\r\n"
                        + "Connection: close, X-Mine\r\nX-Mine: 1\r\nX-Other: 2\r\n"));

        assertThat(asked.join())
                .startsWith("GET /a?b HTTP/1.1\r\n")
                .containsIgnoringCase("\r\nhost: web.test" + port() + "\r\n")
                .contains("X-Other: 2", "fleet-runner")
                .doesNotContainIgnoringCase("evil", "proxy-", "x-mine", "trailers");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("X-Kept: 1")
                .doesNotContain("X-Hop", "Keep-Alive")
                .endsWith("\r\n\r\nhi");
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws IOException {
        try (SocketChannel channel = connect()) {
            for (int i = 0; i < 3; i++) {
                answering("HTTP/1.1 204 No Content\r\n\r\n");
                write(channel, get("web.test" + port(), "Host: x\r\n"));
                assertThat(head(channel)).startsWith("HTTP/1.1 204");
            }
        }
    }

    @Test
    void bothLengthsAreOneRequestWithOneMeaning() throws IOException {
        CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                String head = head(socket);
                write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                socket.shutdownOutput();
                return head + new String(socket.getInputStream().readAllBytes());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        ask("POST http://web.test" + port() + "/ HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET http://evil/ HTTP/1.1\r\n\r\n");

        assertThat(asked.join()).doesNotContain("evil").doesNotContainIgnoringCase("content-length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET https://web.test/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET ftp://web.test/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://web.test@evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://web.test\\@evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http:///path HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://web.test/#f HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://web.test:0/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://web.test/\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST http://web.test/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST http://web.test/ HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST http://web.test/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST http://web.test/ HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST http://web.test/ HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na",
                "GET http://web.test/ HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET http://web.test/ HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET http://web.test/ HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
                "CONNECT / HTTP/1.1\r\n\r\n",
                "CONNECT web.test HTTP/1.1\r\n\r\n",
                "CONNECT http://web.test:443 HTTP/1.1\r\n\r\n",
                "CONNECT user@web.test:443 HTTP/1.1\r\n\r\n",
                "CONNECT web.test:99999 HTTP/1.1\r\n\r\n",
                "HELLO\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void garbageIsToldSo(String request) throws IOException {
        assertThat(ask(request)).matches("(?s)HTTP/[12]\\.[01] (4|501).*");
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void aHeadWithoutAnEndIsRefused() throws IOException {
        String answer;
        try (SocketChannel channel = connect()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    write(channel, "GET http://web.test/ HTTP/1.1\r\n");
                    for (int i = 0; i < 100_000; i++) {
                        write(channel, "X-" + i + ": " + "x".repeat(100) + "\r\n");
                    }
                } catch (IOException refused) {
                    return;
                }
            });
            answer = head(channel);
            writing.join();
        }
        assertThat(answer).startsWith("HTTP/1.1 431");
    }

    @Test
    void whatIsDeniedIsToldAndNotLookedUp() throws IOException {
        String answer = ask("CONNECT Other.Example:8443 HTTP/1.1\r\n\r\n");
        ask("CONNECT other.example:443 HTTP/1.1\r\n\r\n");
        ask(get("[::1]", ""));

        assertThat(answer)
                .startsWith("HTTP/1.1 403 other.example:8443 is denied")
                .contains("network.allow: [\"other.example:8443\"] would allow it");
        assertThat(denied()).isEqualTo("[[::1], other.example, other.example:8443]");
        assertThat(lookedUp).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "::ffff:192.168.0.1", "fd00:ec2::254"})
    void aNameOfAPrivateAddressIsDenied(String address) throws IOException {
        open(Limits.USUAL, "inside.example");
        names("inside.example", address);

        assertThat(ask("CONNECT inside.example:443 HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("fleet.egress.private-addresses")
                .doesNotContain(address);
        assertThat(denied()).isEqualTo("[inside.example]");
    }

    @Test
    void ofAMixedAnswerOnlyWhatIsAllowedIsConnectedTo() throws IOException {
        open(Limits.USUAL, "mixed.example" + port());
        names("mixed.example", "10.0.0.1", "169.254.169.254", "127.0.0.1");
        answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        assertThat(ask(get("mixed.example" + port(), "Connection: close\r\n"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void aNameIsLookedUpOnceForEachRequest() throws IOException {
        open(Limits.USUAL, "rebinding.example" + port());
        names("rebinding.example", "127.0.0.1");
        names("rebinding.example", "10.0.0.1");
        answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        assertThat(ask(get("rebinding.example" + port(), "Connection: close\r\n")))
                .startsWith("HTTP/1.1 200");
        assertThat(lookedUp).containsExactly("rebinding.example");
        assertThat(ask(get("rebinding.example" + port(), ""))).startsWith("HTTP/1.1 403");
    }

    @Test
    void whatCannotBeReachedIsToldAndNotCalledDenied() throws IOException {
        open(Limits.USUAL, "unknown.test", "web.test:1");

        assertThat(ask(get("unknown.test", ""))).startsWith("HTTP/1.1 502 unknown.test cannot be found");
        assertThat(ask("CONNECT web.test:1 HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 502 web.test:1 cannot be reached");
        assertThat(denied()).isEqualTo("[]");
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForAWholeOne() throws IOException {
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");

        assertThat(ask(get("web.test" + port(), ""))).startsWith("HTTP/1.1 200").doesNotContain("\r\n0\r\n");
    }

    @Test
    void aTunnelCarriesMuchBothWaysAndEachEnd() throws Exception {
        byte[] much = much(8 << 20);
        try (SocketChannel channel = connect()) {
            write(channel, "CONNECT web.test" + port() + " HTTP/1.1\r\n\r\n");
            try (Socket far = server.accept()) {
                assertThat(head(channel)).startsWith("HTTP/1.1 200");
                far.getOutputStream().write("server first".getBytes());
                ByteBuffer first = ByteBuffer.allocate("server first".length());
                while (first.hasRemaining()) {
                    channel.read(first);
                }
                CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
                    try {
                        return far.getInputStream().readAllBytes();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                ByteBuffer out = ByteBuffer.wrap(much);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
                channel.shutdownOutput();
                assertThat(received.join()).isEqualTo(much);

                CompletableFuture<Void> back = CompletableFuture.runAsync(() -> {
                    try {
                        far.getOutputStream().write(much);
                        far.shutdownOutput();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                assertThat(Channels.newInputStream(channel).readAllBytes()).isEqualTo(much);
                back.join();
            }
        }
        await().untilAsserted(() -> assertThat(egress.connections()).isZero());
    }

    @Test
    void aReaderThatWaitsSlowsTheTunnelDown() throws Exception {
        try (SocketChannel channel = connect()) {
            write(channel, "CONNECT web.test" + port() + " HTTP/1.1\r\n\r\n");
            try (Socket far = server.accept()) {
                head(channel);
                channel.configureBlocking(false);
                ByteBuffer much = ByteBuffer.wrap(much(64 << 20));
                int[] before = {-1};
                await().pollInterval(Duration.ofMillis(300)).until(() -> {
                    while (channel.write(much) > 0) {}
                    boolean full = much.position() == before[0];
                    before[0] = much.position();
                    return full;
                });
                assertThat(much.hasRemaining()).as("somebody holds it back").isTrue();
                assertThat(far.getInputStream().read()).isEqualTo(much.get(0) & 0xff);
            }
        }
        await().untilAsserted(() -> assertThat(egress.connections()).isZero());
    }

    @Test
    void aTaskHasSoManyConnectionsAndNoMore() throws IOException {
        Limits few = new Limits(3, 8 << 10, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(5));
        open(few, "web.test" + port());
        List<SocketChannel> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(connect());
        }
        await().until(() -> egress.connections() == 3);

        try (SocketChannel one = connect()) {
            assertThat(one.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        for (SocketChannel channel : held) {
            channel.close();
        }
        await().until(() -> egress.connections() == 0);
        assertThat(ask(get("other.test", ""))).startsWith("HTTP/1.1 403");
    }

    @Test
    void whoTakesTooLongToAskIsClosed() throws IOException {
        open(
                new Limits(3, 8 << 10, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(5)),
                "web.test" + port());
        try (SocketChannel slow = connect()) {
            write(slow, "GET http://web.test/ HTTP/1.1\r\nX: ");
            await().until(() -> {
                try {
                    write(slow, "x");
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
        assertThat(egress.connections()).isZero();
    }

    @Test
    void aTunnelOutlivesTheTimeForAHead() throws IOException {
        Duration head = Duration.ofMillis(300);
        open(new Limits(3, 8 << 10, head, Duration.ofSeconds(60), Duration.ofSeconds(5)), "web.test" + port());
        try (SocketChannel channel = connect()) {
            write(channel, "CONNECT web.test" + port() + " HTTP/1.1\r\n\r\n");
            try (Socket far = server.accept()) {
                head(channel);
                await().during(head.multipliedBy(3)).until(() -> egress.connections() == 1);
                write(channel, "still here\r\n\r\n");

                assertThat(head(far)).startsWith("still here");
            }
        }
    }

    @Test
    void closingEndsWhatGoesThrough() throws IOException {
        try (SocketChannel channel = connect()) {
            write(channel, "CONNECT web.test" + port() + " HTTP/1.1\r\n\r\n");
            try (Socket far = server.accept()) {
                head(channel);
                egress.close(TASK).await().atMost(LIMIT);

                assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                assertThat(far.getInputStream().read()).isEqualTo(-1);
                assertThat(socket.getParent()).doesNotExist();
            }
        }
    }

    @Test
    void whoeverLeavesTakesTheOtherSideAlong() throws IOException {
        SocketChannel channel = connect();
        write(channel, get("web.test" + port(), ""));
        try (Socket far = server.accept()) {
            head(far);
            channel.close();
            assertThat(far.getInputStream().read()).isEqualTo(-1);
        }
    }
}
