package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.fleetrunner.async.Later;
import dev.fleetrunner.runtime.engine.EngineClient.EngineStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that somebody leaves, from a server on a real socket that would go on for ever. */
class EngineClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int STREAMS = 20;
    private static final int RACES = 500;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Semaphore answered = new Semaphore(0);
    private final AtomicInteger left = new AtomicInteger();
    private final Logger logger = Logger.getLogger("io.vertx.core.http.impl");
    private final Told told = new Told();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        logger.addHandler(told);
    }

    @AfterEach
    void close() {
        logger.removeHandler(told);
        vertx.close().await().atMost(SOON);
    }

    private EngineClient client() {
        String socket = directory.resolve("engine.sock").toString();
        vertx.createHttpServer()
                .requestHandler(request -> {
                    request.connection().closeHandler(left::incrementAndGet);
                    request.response().setChunked(true).writeAndForget("a line");
                    answered.release();
                })
                .listen(io.vertx.mutiny.core.net.SocketAddress.newInstance(SocketAddress.domainSocketAddress(socket)))
                .await()
                .atMost(SOON);
        return new EngineClient(vertx, socket);
    }

    private static Multi<Buffer> body(EngineClient client) {
        return Later.stream(client.stream(HttpMethod.GET, "/logs").map(EngineStream::body));
    }

    @Test
    void whoLeavesAStreamClosesItAndNothingIsLogged() {
        try (EngineClient client = client()) {
            for (int i = 0; i < STREAMS; i++) {
                AssertSubscriber<Buffer> reader = body(client).subscribe().withSubscriber(AssertSubscriber.create(1));
                reader.awaitItems(1);

                reader.cancel();
            }

            await().atMost(SOON).untilAtomic(left, is(STREAMS));
        }
        assertThat(told.messages).isEmpty();
    }

    /** The answer is on its way, or just there. */
    @Test
    void whoLeavesBeforeTheAnswerClosesItToo() throws InterruptedException {
        try (EngineClient client = client()) {
            for (int i = 0; i < RACES; i++) {
                Cancellable reader = body(client).subscribe().with(line -> {}, failure -> {});
                answered.acquire();

                reader.cancel();
            }

            await().atMost(SOON).untilAtomic(left, is(RACES));
        }
        assertThat(told.messages).isEmpty();
    }

    /** What was logged. */
    private static final class Told extends Handler {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord told) {
            messages.add(told.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
