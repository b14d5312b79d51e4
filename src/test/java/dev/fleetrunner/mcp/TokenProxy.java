package dev.fleetrunner.mcp;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Adds a token to every request, for clients that know of none. Everything else goes through as it is. */
final class TokenProxy implements AutoCloseable {
    /** Streams of events keep their connections. */
    private static final int MANY = 100;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MANY));
    private final int target;
    private final String token;
    private final HttpServer server;

    TokenProxy(int target, String token) {
        this.target = target;
        this.token = token;
        this.server = vertx.createHttpServer()
                .requestHandler(this::forward)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    private void forward(HttpServerRequest incoming) {
        incoming.pause();
        client.request(incoming.method(), target, "127.0.0.1", incoming.uri())
                .compose(outgoing -> {
                    outgoing.headers().setAll(incoming.headers());
                    outgoing.putHeader("Authorization", "Bearer " + token);
                    incoming.response().closeHandler(left -> outgoing.reset());
                    return outgoing.send(incoming);
                })
                .onSuccess(answer -> {
                    HttpServerResponse response = incoming.response();
                    response.setStatusCode(answer.statusCode());
                    response.headers().setAll(answer.headers());
                    answer.handler(response::write);
                    answer.endHandler(end -> response.end());
                })
                .onFailure(failure -> incoming.response().setStatusCode(502).end(String.valueOf(failure)));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
