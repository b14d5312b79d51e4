package dev.fleetrunner.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy at a socket, which finds every name at 127.0.0.1 unless told otherwise, and may go there. */
final class Opened implements Closeable {
    static final Duration LIMIT = Duration.ofSeconds(20);
    static final List<String> LOOPBACK = List.of("127.0.0.0/8");

    private static final String TASK = "01JTESTTESTTESTTESTTESTTES";
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final ExecutorService worker = Executors.newFixedThreadPool(2);
    private final Path directory;
    private final Egress egress;
    private final Path socket;

    Opened(Limits limits, List<String> opened, Lookup lookup, String... allow) {
        try {
            directory = Files.createTempDirectory("egress");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        egress = new Egress(vertx, SocketDirectory.open(directory), new AddressRules(opened), lookup, worker, limits);
        socket = egress.open(TASK, List.of(allow)).await().atMost(LIMIT).resolve("tcp-3128");
    }

    Opened(Limits limits, String... allow) {
        this(limits, LOOPBACK, name -> Future.succeededFuture(List.of(address("127.0.0.1"))), allow);
    }

    Opened(String... allow) {
        this(Limits.USUAL, allow);
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Dialled dial() throws IOException {
        return new Dialled(socket);
    }

    /** What is answered to one request on a connection that ends. */
    String ask(String request) throws IOException {
        try (Dialled client = dial()) {
            try {
                client.say(request);
            } catch (IOException refused) {
                // What was answered before the connection ended is there nevertheless.
            }
            return client.rest();
        }
    }

    String get(String url) throws IOException {
        return ask("GET " + url + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    /** A connection whose tunnel is open. */
    Dialled tunnel(String authority) throws IOException {
        Dialled client = dial();
        String head = client.say("CONNECT " + authority + " HTTP/1.1\r\n\r\n").until("\r\n\r\n");
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException(head + client.rest());
        }
        return client;
    }

    void closeProxy() {
        egress.close(TASK).await().atMost(LIMIT);
    }

    @Override
    public void close() throws IOException {
        closeProxy();
        egress.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        worker.shutdown();
        Files.deleteIfExists(directory);
    }
}
