package dev.fleetrunner.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.init.InitProcess.Ended;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the wire promises: ports of the loopback that lead to unix sockets, and nothing else that is new. */
@Timeout(60)
class WireTest {
    private static final String RUNS_ON = "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    private int port;
    private InitProcess init;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        if (init != null) {
            init.terminate();
            init.ended();
        }
    }

    private void start() throws IOException {
        init = InitProcess.startWired(directory, "sh", "-c", RUNS_ON);
        assertThat(init.readLine()).isEqualTo("ready");
    }

    private ServerSocketChannel runner() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(directory.resolve("tcp-" + port)));
    }

    private Socket connect() throws IOException {
        return new Socket(LOOPBACK, port);
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String read(SocketChannel channel) throws IOException {
        return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void thePortIsOpenWhenTheCommandStarts() throws Exception {
        try (ServerSocketChannel server = runner()) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> {
                try (SocketChannel channel = server.accept()) {
                    String question = read(channel);
                    write(channel, "answer\n");
                    return question;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            Ended ended = InitProcess.startWired(
                            directory,
                            "perl",
                            "-MIO::Socket::INET",
                            "-e",
                            "$s = IO::Socket::INET->new('127.0.0.1:" + port
                                    + "') or die; print $s 'question'; shutdown($s, 1); print <$s>")
                    .ended();

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out()).isEqualTo("answer\n");
            assertThat(asked).isCompletedWithValue("question");
        }
    }

    @Test
    void eachSideMayEndFirstAndStillReadTheOther() throws Exception {
        try (ServerSocketChannel server = runner()) {
            start();
            try (Socket client = connect();
                    SocketChannel channel = server.accept()) {
                write(channel, "hello");
                channel.shutdownOutput();
                assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hello");

                client.getOutputStream().write("later".getBytes(StandardCharsets.UTF_8));
                client.shutdownOutput();
                assertThat(read(channel)).isEqualTo("later");
            }
        }
    }

    @Test
    void muchGoesBothWaysAtOnceAndAReaderThatWaitsSlowsTheWriterDown() throws Exception {
        byte[] much = new byte[8 << 20];
        new java.util.Random(1).nextBytes(much);
        try (ServerSocketChannel server = runner()) {
            start();
            try (Socket client = connect();
                    SocketChannel channel = server.accept()) {
                channel.configureBlocking(false);
                ByteBuffer waiting = ByteBuffer.wrap(much);
                long[] seen = {-1};
                await().until(() -> {
                    int written = channel.write(waiting);
                    boolean full = written == 0 && seen[0] == waiting.position();
                    seen[0] = waiting.position();
                    return full;
                });
                assertThat(waiting.position()).as("taken before anybody reads").isLessThan(much.length);

                channel.configureBlocking(true);
                CompletableFuture<Void> rest = CompletableFuture.runAsync(() -> {
                    try {
                        while (waiting.hasRemaining()) {
                            channel.write(waiting);
                        }
                        channel.shutdownOutput();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
                rest.join();
            }
        }
    }

    @Test
    void whoConnectsWhileTheRunnerIsAwayWaitsForIt() throws Exception {
        ServerSocketChannel dead = runner();
        start();
        dead.close();
        try (Socket client = connect()) {
            client.getOutputStream().write("early".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            Path fresh = directory.resolve("fresh");
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(fresh));
                Files.move(fresh, directory.resolve("tcp-" + port), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                try (SocketChannel channel = server.accept()) {
                    assertThat(read(channel)).isEqualTo("early");
                }
            }
        }
    }

    @Test
    void portsComeAndGoWithTheirSockets() throws Exception {
        start();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

        runner().close();
        await().ignoreExceptions().untilAsserted(() -> connect().close());
        Files.delete(directory.resolve("tcp-" + port));
        await().untilAsserted(() -> assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class));
    }

    @Test
    void onlySocketsWithTheNameOfAPortOpenOne() throws Exception {
        Files.writeString(directory.resolve("tcp-" + port), "a file");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(directory.resolve("tcp-0" + port)));
            start();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void itHoldsNothingAndEndsWithTheCommand() throws Exception {
        runner().close();
        start();
        Path wire = await().until(this::wire, found -> found != null);
        assertThat(Files.readSymbolicLink(wire.resolve("fd/1"))).hasToString("/dev/null");
        assertThat(Files.readSymbolicLink(wire.resolve("fd/2"))).hasToString("/dev/null");
        assertThat(Files.readString(wire.resolve("environ"), StandardCharsets.ISO_8859_1))
                .doesNotContain(InitProcess.NONCE, "FLEET");
        String[] stat = Files.readString(wire.resolve("stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        assertThat(stat[3]).as("session").isEqualTo(wire.getFileName().toString());

        init.terminate();
        assertThat(init.ended().exitCode()).isZero();
        init = null;
        assertThat(wire).doesNotExist();
    }

    @Test
    void theCommandDoesNotSeeWhereTheSocketsAre() throws Exception {
        Ended ended = InitProcess.startWired(directory, "env").ended();

        assertThat(ended.out()).contains("SECRET=").doesNotContain("FLEET_WIRE");
    }

    @Test
    void withoutTheDirectoryTheCommandIsNotStarted() throws Exception {
        Ended ended = InitProcess.startWired(directory.resolve("absent"), "echo", "never")
                .ended();

        assertThat(ended.exitCode()).isEqualTo(125);
        assertThat(ended.all()).isEmpty();
        assertThat(ended.err()).contains("the way out").contains("No such file");
    }

    /** The process that works in the directory. */
    private Path wire() throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readSymbolicLink(process.resolve("cwd")).equals(directory.toRealPath())) {
                        return process;
                    }
                } catch (IOException gone) {
                    continue;
                }
            }
        }
        return null;
    }
}
