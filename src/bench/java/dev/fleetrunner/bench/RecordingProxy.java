package dev.fleetrunner.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Stands between the service and its engine and writes down what the service asks, so that the bare sequence which is
 * compared with it asks exactly the same.
 */
final class RecordingProxy implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("(GET|HEAD|POST|PUT|DELETE) (/\\S*) HTTP/1.1");
    private static final int BUFFER = 65_536;

    private final Path engine;
    private final Path directory;
    private final ServerSocketChannel server;
    private final List<ByteArrayOutputStream> requests = new ArrayList<>();

    /** Listens in a directory of its own: the path of a unix socket must be short. */
    RecordingProxy(Path engine) throws IOException {
        this.engine = engine;
        this.directory = Files.createTempDirectory("bench");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()));
        daemon(this::accept);
    }

    /** Where the service finds it. */
    Path socket() {
        return directory.resolve("engine.sock");
    }

    /** A request that passed by. */
    record Request(String method, String path, String body) {}

    /** What was asked since the last call, in its order. */
    List<Request> take() {
        synchronized (requests) {
            var taken = requests.stream().map(RecordingProxy::parse).toList();
            requests.clear();
            return taken;
        }
    }

    private static Request parse(ByteArrayOutputStream bytes) {
        String text = bytes.toString(StandardCharsets.UTF_8);
        var match = REQUEST.matcher(text);
        if (!match.lookingAt()) {
            throw new IllegalStateException("not a request: " + text);
        }
        int body = text.indexOf("\r\n\r\n") + 4;
        return new Request(match.group(1), match.group(2), text.substring(body));
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel client = server.accept();
            SocketChannel behind = SocketChannel.open(UnixDomainSocketAddress.of(engine));
            daemon(() -> pump(client, behind, true));
            daemon(() -> pump(behind, client, false));
        }
    }

    private void pump(SocketChannel from, SocketChannel to, boolean written) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        var current = new ByteArrayOutputStream();
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                if (written) {
                    current = note(current, buffer);
                }
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    /** The client waits for each answer before it asks again, so a request always begins with a read of its own. */
    private ByteArrayOutputStream note(ByteArrayOutputStream current, ByteBuffer bytes) {
        String start = new String(bytes.array(), 0, Math.min(bytes.limit(), 512), StandardCharsets.ISO_8859_1);
        synchronized (requests) {
            if (!REQUEST.matcher(start).lookingAt()) {
                current.write(bytes.array(), 0, bytes.limit());
                return current;
            }
            var next = new ByteArrayOutputStream();
            next.write(bytes.array(), 0, bytes.limit());
            requests.add(next);
            return next;
        }
    }

    /** Work that ends with a connection: what fails then has nobody to tell. */
    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // Either side may hang up at any time; the other is closed with it.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket());
        Files.delete(directory);
    }
}
