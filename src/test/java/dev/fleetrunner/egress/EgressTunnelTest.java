package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes through CONNECT, and bodies of requests: exact, at the pace of the reader, each end told. */
@Timeout(25)
@SuppressWarnings("try")
class EgressTunnelTest {
    private static final int MANY = 50 << 20;
    /** More than the buffers of the sockets on the way can hold, much less than is sent. */
    private static final long HELD = 24 << 20;

    private final AtomicLong sent = new AtomicLong();
    private Origin origin;
    private Opened proxy;

    private void open(Origin.Talk talk) {
        origin = new Origin(talk);
        proxy = new Opened("pypi.test:" + origin.port());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        origin.close();
    }

    private String host() {
        return "pypi.test:" + origin.port();
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[MANY];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static long sum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    private void pour(OutputStream out) throws IOException {
        byte[] some = new byte[64 << 10];
        for (long left = MANY * 4L; left > 0; left -= some.length) {
            out.write(some);
            sent.addAndGet(some.length);
        }
    }

    /** Until what is sent grows no more; so it is held back, not merely slow. */
    private void assertHeldBack() {
        var before = new AtomicLong(-1);
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Opened.LIMIT)
                .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
        assertThat(sent.get()).isLessThan(HELD);
    }

    @Test
    void bytesPassBothWaysAtOnceAndEachEndIsTold() throws Exception {
        byte[] up = bytes(1);
        byte[] down = bytes(2);
        var arrived = new CompletableFuture<Long>();
        open(socket -> {
            var reading = CompletableFuture.runAsync(() -> {
                try {
                    arrived.complete(sum(socket.getInputStream().readAllBytes()));
                } catch (IOException e) {
                    arrived.completeExceptionally(e);
                }
            });
            socket.getOutputStream().write(down);
            socket.shutdownOutput();
            reading.join();
        });
        try (Dialled client = proxy.tunnel(host())) {
            var reading = CompletableFuture.supplyAsync(() -> {
                var sum = new CRC32();
                var some = ByteBuffer.allocate(64 << 10);
                while (client.read(some) > 0) {
                    sum.update(some.flip());
                    some.clear();
                }
                return sum.getValue();
            });
            client.say(up);
            client.endOutput();
            assertThat(arrived.get()).isEqualTo(sum(up));
            assertThat(reading.get()).isEqualTo(sum(down));
        }
        await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
    }

    @Test
    void whoHasSaidAllStillHears() throws IOException {
        open(socket -> {
            byte[] all = socket.getInputStream().readAllBytes();
            Origin.say(socket, "heard " + all.length);
        });
        try (Dialled client = proxy.tunnel(host())) {
            client.say("12345").endOutput();
            assertThat(client.rest()).isEqualTo("heard 5");
        }
    }

    @Test
    void whoReadsLateLosesNothingThoughBothHaveEnded() throws Exception {
        byte[] down = bytes(4);
        var written = new CompletableFuture<Void>();
        open(socket -> {
            socket.getOutputStream().write(down, 0, 1 << 20);
            socket.shutdownOutput();
            written.complete(null);
            socket.getInputStream().read();
        });
        try (Dialled client = proxy.tunnel(host())) {
            written.get();
            client.endOutput();
            await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
            assertThat(client.rest()).hasSize(1 << 20);
        }
    }

    @Test
    void anOldClientHearsTheEndOfAnAnswer() throws IOException {
        open(socket -> {
            Origin.head(socket.getInputStream());
            Origin.say(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        });
        try (Dialled client = proxy.dial()) {
            client.say("GET http://" + host() + "/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.rest()).doesNotContainIgnoringCase("chunked").endsWith("\r\n\r\nabc");
        }
    }

    @Test
    void whoHasHeardAllStillSpeaks() throws Exception {
        var heard = new CompletableFuture<Integer>();
        open(socket -> {
            socket.shutdownOutput();
            heard.complete(socket.getInputStream().readAllBytes().length);
        });
        try (Dialled client = proxy.tunnel(host())) {
            assertThat(client.rest()).isEmpty();
            client.say("12345").endOutput();
            assertThat(heard.get()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001 not HTTP", "GET / HTTP/1.1\r\n\r\n", "x"})
    void whoSpeaksBeforeTheTunnelIsOpenGetsNoneRatherThanOneWithGaps(String early) throws IOException {
        var heard = new AtomicLong();
        open(socket -> heard.addAndGet(socket.getInputStream().readAllBytes().length));
        try (Dialled client = proxy.dial()) {
            client.say("CONNECT " + host() + " HTTP/1.1\r\n\r\n" + early);
            client.rest();
            await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
            assertThat(heard).hasValue(0);
        }
    }

    @Test
    void theFirstWordIsTheOrigins() throws IOException {
        open(socket -> {
            Origin.say(socket, "220 ready");
            socket.getInputStream().read();
        });
        try (Dialled client = proxy.tunnel(host())) {
            assertThat(client.until("ready")).isEqualTo("220 ready");
        }
    }

    @Test
    void aSlowReaderHoldsBackWhoSendsThroughATunnel() throws IOException {
        open(socket -> pour(socket.getOutputStream()));
        try (Dialled client = proxy.tunnel(host())) {
            assertHeldBack();
        }
        await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
    }

    @Test
    void aSlowReaderHoldsBackAnAnswer() throws IOException {
        open(socket -> {
            Origin.head(socket.getInputStream());
            Origin.say(socket, "HTTP/1.1 200 OK\r\n\r\n");
            pour(socket.getOutputStream());
        });
        try (Dialled client = proxy.dial()) {
            client.say("GET http://" + host() + "/ HTTP/1.1\r\n\r\n");
            assertHeldBack();
        }
        await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
    }

    @Test
    void aSlowOriginHoldsBackABody() throws Exception {
        var done = new CompletableFuture<Void>();
        open(socket -> done.join());
        try (Dialled client = proxy.dial()) {
            client.say("POST http://" + host() + "/ HTTP/1.1\r\nContent-Length: " + MANY * 4L + "\r\n\r\n");
            var pouring = new Thread(() -> {
                try {
                    byte[] some = new byte[64 << 10];
                    while (true) {
                        client.say(some);
                        sent.addAndGet(some.length);
                    }
                } catch (IOException closed) {
                    done.complete(null);
                }
            });
            pouring.start();
            assertHeldBack();
            client.close();
            pouring.join();
        }
        await().atMost(Opened.LIMIT).until(() -> origin.open() == 0);
    }

    @Test
    void aLargeBodyInChunksPassesBothWays() throws Exception {
        byte[] body = bytes(3);
        open(socket -> echo(socket));
        try (Dialled client = proxy.dial()) {
            var heard = CompletableFuture.supplyAsync(client::rest);
            client.say("POST http://" + host() + "/ HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(MANY) + "\r\n");
            client.say(body).say("\r\n0\r\n\r\n");
            assertThat(heard.get())
                    .startsWith("HTTP/1.1 200")
                    .contains("\r\n\r\n")
                    .endsWith(sum(body) + "\r\n0\r\n\r\n");
        }
    }

    /** Takes a body in chunks, answers in chunks with its sum. */
    private static void echo(Socket socket) throws IOException {
        InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
        Origin.head(in);
        var sum = new CRC32();
        for (int left = chunk(in); left > 0; left = chunk(in)) {
            sum.update(in.readNBytes(left));
            in.readNBytes(2);
        }
        String said = "" + sum.getValue();
        Origin.say(
                socket,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(said.length()) + "\r\n"
                        + said + "\r\n0\r\n\r\n");
        in.read();
    }

    private static int chunk(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }
}
