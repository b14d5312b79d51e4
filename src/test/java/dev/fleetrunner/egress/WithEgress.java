package dev.fleetrunner.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An egress proxy on real sockets, a server behind it, and what a task would see of both. */
abstract class WithEgress {
    static final Duration LIMIT = Duration.ofSeconds(20);
    static final String TASK = "01JTESTTESTTESTTESTTESTTES";
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

    /** What names resolve to, one answer after the other; the last one stays. */
    final Map<String, Queue<List<String>>> names = new ConcurrentHashMap<>();

    final List<String> lookedUp = new ArrayList<>();
    final ServerSocket server = listening();
    private final ExecutorService worker = Executors.newFixedThreadPool(2);
    private Path root;
    Egress egress;
    Path socket;

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void begin() throws IOException {
        root = Files.createTempDirectory("fleet-egress");
        names("web.test", "127.0.0.1");
        open(Limits.USUAL, "web.test" + port());
    }

    @AfterEach
    void end() throws IOException {
        egress.close(TASK).await().atMost(LIMIT);
        egress.close();
        worker.shutdown();
        server.close();
        Files.deleteIfExists(root);
    }

    void open(Limits limits, String... rules) {
        if (egress != null) {
            egress.close(TASK).await().atMost(LIMIT);
            egress.close();
        }
        egress = new Egress(
                VERTX,
                SocketDirectory.open(root),
                new AddressRules(List.of("127.0.0.0/8")),
                this::addresses,
                worker,
                limits);
        socket = egress.open(TASK, List.of(rules)).await().atMost(LIMIT).resolve("tcp-3128");
    }

    /** Has the next look-up of a name answer this. */
    void names(String name, String... addresses) {
        names.computeIfAbsent(name, first -> new ArrayDeque<>()).add(List.of(addresses));
    }

    private synchronized Future<List<InetAddress>> addresses(String name) {
        lookedUp.add(name);
        Queue<List<String>> answers = names.get(name);
        if (answers == null) {
            return Future.failedFuture("unknown");
        }
        List<String> answer = answers.size() > 1 ? answers.remove() : answers.element();
        return Future.succeededFuture(answer.stream().map(WithEgress::address).toList());
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String port() {
        return ":" + server.getLocalPort();
    }

    /** A connection to the proxy, as the wire makes it. */
    SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Everything up to the end. */
    static String rest(SocketChannel channel) throws IOException {
        return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Sends a request and reads what comes until the proxy closes. */
    String ask(String request) throws IOException {
        try (SocketChannel channel = connect()) {
            write(channel, request);
            return rest(channel);
        }
    }

    /** What has come up to an empty line, that included. */
    static String head(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the end after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    static String head(SocketChannel channel) throws IOException {
        var head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0 && channel.read(one.clear()) == 1) {
            head.append((char) one.get(0));
        }
        return head.toString();
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] much(int size) {
        byte[] bytes = new byte[size];
        new java.util.Random(7).nextBytes(bytes);
        return bytes;
    }
}
