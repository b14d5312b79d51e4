package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm: an origin never sees more than was judged, and the next client is served. */
@Timeout(30)
class EgressHostileTest {
    private static final Limits SHORT =
            new Limits(8, 16 << 10, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(5));

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Origin origin = new Origin(this::serve);
    private final Opened proxy = new Opened(SHORT, "pypi.test:" + origin.port());

    private void serve(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        for (String head = Origin.head(in); !head.isEmpty(); head = Origin.head(in)) {
            heads.add(head);
            Origin.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        origin.close();
    }

    private String url() {
        return "http://pypi.test:" + origin.port() + "/";
    }

    private String post(String headers, String body) {
        return "POST " + url() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n" + body;
    }

    private void assertStillServes() {
        await().atMost(Opened.LIMIT).until(() -> proxy.get(url()).endsWith("\r\n\r\nok"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nContent-Length: 4\r\n",
                "Content-Length: 3\r\nContent-Length: 3\r\n",
                "Content-Length: 3, 3\r\n",
                "Content-Length: +3\r\n",
                "Content-Length: -3\r\n",
                "Content-Length: 0x3\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length : 3\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "X: a\rb\r\n",
                "X: a\u0000b\r\n",
                "X\u0000: a\r\n",
                "X y: a\r\n",
                ": a\r\n"
            })
    void whatMayBeReadInTwoWaysIsRefused(String headers) throws IOException {
        String answer = proxy.ask(post(headers, "0\r\n\r\nGET " + url() + "smuggled HTTP/1.1\r\n\r\n"));

        assertThat(answer).matches("(?s)(HTTP/1.1 400.*)?");
        assertThat(heads).isEmpty();
        assertStillServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xyz\r\nabc\r\n0\r\n\r\n",
                "-3\r\nabc\r\n0\r\n\r\n",
                "ffffffffff\r\nabc\r\n",
                "3\r\nabcdef\r\n0\r\n\r\n"
            })
    void aBodyWhoseChunksAreNoneEndsTheConnection(String body) throws IOException {
        String answer =
                proxy.ask(post("Transfer-Encoding: chunked\r\n", body + "GET " + url() + "smuggled HTTP/1.1\r\n\r\n"));

        assertThat(answer.split("HTTP/1.1 200", -1).length).isLessThanOrEqualTo(2);
        assertThat(heads).noneMatch(head -> head.contains("smuggled"));
        assertStillServes();
    }

    /** RFC 9112, 6.1: the length is dropped before the request goes on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"
            })
    void aLengthBesideChunksIsDropped(String headers) throws IOException {
        proxy.ask(post(headers, "0\r\n\r\n"));

        assertThat(heads.get(0))
                .containsIgnoringCase("transfer-encoding: chunked")
                .doesNotContainIgnoringCase("content-length");
    }

    @Test
    void aFoldedHeaderIsOneLineOutside() throws IOException {
        proxy.ask(post("X: a\r\n b: c\r\nContent-Length: 0\r\n", ""));
        assertThat(heads).allMatch(head -> !head.contains("\r\n b") && !head.contains("\r\nb:"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
                "GET\r\n\r\n",
                "\r\n\r\n\r\n\r\nX\r\n\r\n",
                "GET http://pypi.test/ HTTP/9.9\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
                "CONNECT  HTTP/1.1\r\n\r\n"
            })
    void garbageIsRefused(String bytes) throws IOException {
        try (Dialled client = proxy.dial()) {
            client.say(bytes);
            client.endOutput();
            assertThat(client.rest()).matches("(?s)(HTTP/[0-9.]+ [45].*)?");
        }
        assertStillServes();
    }

    @Test
    void nobodyIsTalkedIntoHttp2() throws IOException {
        try (Dialled client = proxy.dial()) {
            client.say("GET " + url() + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aHeadOfAnySizeIsNotTaken() throws IOException {
        assertThat(proxy.ask(post("X: " + "x".repeat(20_000) + "\r\nContent-Length: 0\r\n", "")))
                .matches("(?s)HTTP/1.[01] 431.*");
        assertThat(proxy.get(url() + "x".repeat(20_000))).matches("(?s)HTTP/1.[01] 414.*");
        assertThat(heads).isEmpty();
        assertStillServes();
    }

    @Test
    void aHeadThatNeverEndsIsNotWaitedFor() throws Exception {
        try (Dialled silent = proxy.dial();
                Dialled slow = proxy.dial()) {
            slow.say("GET " + url() + " HTTP/1.1\r\n");
            await().atMost(Opened.LIMIT).until(() -> {
                try {
                    slow.say("X");
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
            assertThat(silent.rest()).isEmpty();
        }
        assertStillServes();
    }

    @Test
    void aTaskHasSoManyConnectionsAndNoMore() throws IOException {
        List<Dialled> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                clients.add(proxy.dial());
            }
            int served = 0;
            for (Dialled client : clients) {
                try {
                    client.say("GET " + url() + " HTTP/1.1\r\nHost: x\r\n\r\n");
                    served += client.until("ok").endsWith("ok") ? 1 : 0;
                } catch (IOException closed) {
                    // One too many.
                }
            }
            assertThat(served).isBetween(1, SHORT.connections());
        } finally {
            for (Dialled client : clients) {
                client.close();
            }
        }
        assertStillServes();
    }

    @Test
    void aTunnelCountsUntilItEnds() throws IOException {
        for (int round = 0; round < 3; round++) {
            List<Dialled> tunnels = new ArrayList<>();
            for (int i = 0; i < SHORT.connections(); i++) {
                await().atMost(Opened.LIMIT)
                        .ignoreExceptions()
                        .until(() -> tunnels.add(proxy.tunnel("pypi.test:" + origin.port())));
            }
            assertThat(proxy.get(url())).isEmpty();
            for (Dialled tunnel : tunnels) {
                tunnel.close();
            }
        }
        assertStillServes();
        await().atMost(Opened.LIMIT).until(() -> origin.open() <= 1);
    }
}
