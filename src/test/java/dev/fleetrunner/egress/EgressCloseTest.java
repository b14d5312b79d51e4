package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever leaves leaves nothing behind. */
@Timeout(60)
@SuppressWarnings("try")
class EgressCloseTest {
    private static void listen(java.net.Socket socket) throws IOException {
        socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }

    @Test
    void aProxyThatIsClosedEndsEverything() throws IOException {
        List<Dialled> clients = new ArrayList<>();
        try (Origin origin = new Origin(EgressCloseTest::listen);
                Opened proxy = new Opened("pypi.test:" + origin.port())) {
            String host = "pypi.test:" + origin.port();
            clients.add(proxy.dial());
            for (int i = 0; i < 5; i++) {
                clients.add(proxy.tunnel(host));
                clients.add(proxy.dial().say("POST http://" + host + "/ HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"));
            }
            await().atMost(Opened.LIMIT).until(() -> origin.open() == 10);

            proxy.closeProxy();

            for (Dialled client : clients) {
                client.rest();
                client.close();
            }
            await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
            assertThatThrownBy(proxy::dial).isInstanceOf(IOException.class);
        }
    }

    @Test
    void clientsThatLeaveTakeTheirConnectionsOutsideAlong() throws IOException {
        try (Origin origin = new Origin(EgressCloseTest::listen);
                Opened proxy = new Opened("pypi.test:" + origin.port())) {
            String host = "pypi.test:" + origin.port();
            for (int i = 0; i < 50; i++) {
                int before = origin.accepted();
                try (Dialled tunnel = proxy.tunnel(host);
                        Dialled posting = proxy.dial();
                        Dialled waiting = proxy.dial()) {
                    tunnel.say("mid-tunnel");
                    posting.say("POST http://" + host + "/ HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc");
                    waiting.say("GET http://" + host + "/ HTTP/1.1\r\n\r\n");
                    await().atMost(Opened.LIMIT).until(() -> origin.accepted() == before + 3);
                }
            }
            await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
        }
    }

    @Test
    void whoLeavesBeforeTheNameIsFoundConnectsToNobody() throws IOException {
        var asked = new AtomicInteger();
        var found = new java.util.concurrent.CompletableFuture<java.net.InetAddress>();
        Lookup slow = name -> {
            asked.incrementAndGet();
            return Future.fromCompletionStage(found).map(List::of);
        };
        try (Origin origin = new Origin(EgressCloseTest::listen);
                Opened proxy = new Opened(Limits.USUAL, Opened.LOOPBACK, slow, "pypi.test:" + origin.port())) {
            String host = "pypi.test:" + origin.port();
            try (Dialled tunnel = proxy.dial().say("CONNECT " + host + " HTTP/1.1\r\n\r\n");
                    Dialled request = proxy.dial().say("GET http://" + host + "/ HTTP/1.1\r\n\r\n")) {
                await().atMost(Opened.LIMIT).until(() -> asked.get() == 2);
            }
            found.complete(Opened.address("127.0.0.1"));
            await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
        }
    }

    @Test
    void aTunnelInWhichNobodySpeaksEnds() throws IOException {
        var brief = new Limits(8, 16 << 10, Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(5));
        try (Origin origin = new Origin(EgressCloseTest::listen);
                Opened proxy = new Opened(brief, "pypi.test:" + origin.port());
                Dialled tunnel = proxy.tunnel("pypi.test:" + origin.port())) {
            assertThat(tunnel.rest()).isEmpty();
            await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
        }
    }
}
