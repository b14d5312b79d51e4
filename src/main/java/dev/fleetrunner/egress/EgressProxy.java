package dev.fleetrunner.egress;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The proxy of one task: HTTP requests in absolute form, and tunnels by CONNECT (RFC 9110, 9.3.6). */
public final class EgressProxy implements AutoCloseable {
    private static final int CONNECTIONS = 256;
    private static final int HEAD_BYTES = 16 << 10;
    private static final int IDLE_SECONDS = 300;
    private static final int CONNECT_MILLIS = 10_000;

    private final Vertx vertx;
    private final HttpServer server;
    private final HttpClient http;
    private final NetClient tunnels;
    private final Judge judge;
    private final AtomicInteger connections = new AtomicInteger();

    private EgressProxy(Vertx vertx, Judge judge) {
        this.vertx = vertx;
        this.judge = judge;
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setMaxHeaderSize(HEAD_BYTES)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.tunnels = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setIdleTimeout(IDLE_SECONDS));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxHeaderSize(HEAD_BYTES)
                        .setMaxInitialLineLength(HEAD_BYTES)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setHandle100ContinueAutomatically(true))
                .connectionHandler(this::count)
                .requestHandler(this::take);
    }

    static Uni<EgressProxy> listen(Vertx vertx, Path socket, Judge judge) {
        return Uni.createFrom().emitter(emitter -> {
            var proxy = new EgressProxy(vertx, judge);
            proxy.server
                    .listen(SocketAddress.domainSocketAddress(socket.toString()))
                    .onSuccess(listening -> emitter.complete(proxy))
                    .onFailure(failure -> {
                        proxy.close();
                        emitter.fail(failure);
                    });
        });
    }

    /** One more than a task may have is closed; so a task harms itself alone. */
    private void count(HttpConnection connection) {
        if (connections.incrementAndGet() > CONNECTIONS) {
            connection.close();
        }
        connection.closeHandler(closed -> connections.decrementAndGet());
    }

    private void take(HttpServerRequest request) {
        request.pause();
        // Addresses are found on another thread; from there on both connections belong to one.
        Context context = vertx.getOrCreateContext();
        Executor here = work -> context.runOnContext(go -> work.run());
        if (request.method() == HttpMethod.CONNECT) {
            new Tunnel(request, tunnels, judge, here).open();
        } else {
            new Exchange(request, http, judge, here).begin();
        }
    }

    /** Ends everything at once: the listener, its connections, and what they had reached. */
    @Override
    public void close() {
        server.close();
        http.close();
        tunnels.close();
    }
}
