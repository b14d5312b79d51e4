package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.net.NetClient;
import io.vertx.mutiny.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/**
 * Writes to a container's standard input. The engine answers such a request by making the connection a plain one, which no
 * HTTP client gives away while it is kept in order; so the few words that it takes are said here.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach">Attach,
 *     "Hijacking"</a>
 */
final class Input {
    private static final String SWITCHED = "HTTP/1.1 101 ";
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int LONGEST_HEAD = 16 << 10;

    private final NetClient client;
    private final SocketAddress engine;

    Input(NetClient client, SocketAddress engine) {
        this.client = client;
        this.engine = engine;
    }

    /** Completes when all is written and the connection is closed; fails with {@code ENGINE_FAILED} if it is not wanted. */
    Uni<Void> send(String uri, Buffer bytes) {
        return client.connect(io.vertx.mutiny.core.net.SocketAddress.newInstance(engine))
                .chain(socket -> ask(socket, uri)
                        .chain(() -> socket.write(bytes))
                        .onTermination()
                        .call(socket::close));
    }

    private static Uni<Void> ask(NetSocket socket, String uri) {
        String head = "POST " + uri + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
                + "Content-Length: 0" + END_OF_HEAD;
        return socket.write(head)
                .chain(() -> answer(socket))
                .invoke(answer -> {
                    if (!answer.startsWith(SWITCHED)) {
                        throw new RuntimeFailure(
                                CauseCode.ENGINE_FAILED,
                                "the engine takes no input for the container: "
                                        + answer.lines().findFirst().orElse("no answer"));
                    }
                })
                .replaceWithVoid();
    }

    /** The head of the answer; what comes behind it is of no interest. */
    private static Uni<String> answer(NetSocket socket) {
        return Uni.createFrom().emitter(emitter -> {
            var head = new StringBuilder();
            socket.handler(bytes -> {
                if (head.length() < LONGEST_HEAD) {
                    head.append(bytes.toString(StandardCharsets.ISO_8859_1.name()));
                }
                if (head.indexOf(END_OF_HEAD) >= 0 || head.length() >= LONGEST_HEAD) {
                    emitter.complete(head.toString());
                }
            });
            socket.closeHandler(() -> emitter.complete(head.toString()));
            socket.exceptionHandler(emitter::fail);
        });
    }
}
