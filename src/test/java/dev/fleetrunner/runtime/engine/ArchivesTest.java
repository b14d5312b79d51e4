package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that breaks off, played by a server on a real socket: no engine does so at will. */
class ArchivesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        vertx.close().await().atMost(SOON);
    }

    /** @param get what becomes of each reading, told its number from 1 */
    private String read(BiConsumer<HttpServerRequest, Integer> get) {
        String socket = directory.resolve("engine.sock").toString();
        vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.method().equals(HttpMethod.HEAD)) {
                        request.response().endAndForget();
                    } else {
                        get.accept(request, asked.incrementAndGet());
                    }
                })
                .listen(io.vertx.mutiny.core.net.SocketAddress.newInstance(SocketAddress.domainSocketAddress(socket)))
                .await()
                .atMost(SOON);
        try (var client = new EngineClient(vertx, socket)) {
            return new Archives(client, "/containers/c")
                    .read("/workspace/r")
                    .collect()
                    .in(Buffer::buffer, Buffer::appendBuffer)
                    .await()
                    .atMost(SOON)
                    .toString();
        }
    }

    private static void cut(HttpServerRequest request) {
        request.connection().closeAndForget();
    }

    @Test
    void whatBreaksOffBeforeItsFirstByteIsAskedForAgain() {
        String tar = read((request, number) -> {
            if (number == 1) {
                cut(request);
            } else if (number == 2) {
                request.response().setStatusCode(500).endAndForget("container state improper");
            } else {
                request.response().endAndForget("a tar");
            }
        });

        assertThat(tar).isEqualTo("a tar");
        assertThat(asked).hasValue(3);
    }

    @Test
    void whatBreaksOffLaterIsNot() {
        RuntimeFailure failure = catchThrowableOfType(
                RuntimeFailure.class,
                () -> read((request, number) -> {
                    request.response().setChunked(true).writeAndForget("half a tar");
                    vertx.setTimer(300, later -> cut(request));
                }));

        assertThat(failure.reason().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void anEngineThatNeverAnswersIsGivenUp() {
        RuntimeFailure failure =
                catchThrowableOfType(RuntimeFailure.class, () -> read((request, number) -> cut(request)));

        assertThat(failure.reason().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        assertThat(asked).hasValue(4);
    }

    @Test
    void whatIsNotThereIsAskedForOnce() {
        RuntimeFailure failure = catchThrowableOfType(
                RuntimeFailure.class,
                () -> read((request, number) ->
                        request.response().setStatusCode(404).endAndForget()));

        assertThat(failure.reason().code()).isEqualTo(CauseCode.NOT_FOUND);
        assertThat(asked).hasValue(1);
    }
}
