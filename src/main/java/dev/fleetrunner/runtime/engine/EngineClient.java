package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import io.vertx.mutiny.core.net.NetClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * HTTP to one engine over its unix socket, without blocking. Calls are short and share a small pool of connections;
 * streams have one each, for as long as they are read. An engine that cannot be reached is a {@link RuntimeFailure} with
 * {@code ENGINE_UNAVAILABLE}; an answer of any status is an answer.
 */
final class EngineClient implements AutoCloseable {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);
    private static final int CALL_CONNECTIONS = 16;
    private static final int STREAM_CONNECTIONS = 4096;

    private final String socketPath;
    private final SocketAddress address;
    private final HttpClient calls;
    private final HttpClient streams;
    private final NetClient raw;

    EngineClient(Vertx vertx, String socketPath) {
        this.socketPath = socketPath;
        this.address = SocketAddress.domainSocketAddress(socketPath);
        var options = new HttpClientOptions().setKeepAliveTimeout(30).setDecompressionSupported(false);
        this.calls = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CALL_CONNECTIONS));
        this.streams = vertx.createHttpClient(
                new HttpClientOptions(options).setKeepAlive(false),
                new PoolOptions().setHttp1MaxSize(STREAM_CONNECTIONS));
        this.raw = vertx.createNetClient();
    }

    String socketPath() {
        return socketPath;
    }

    Uni<EngineAnswer> get(String uri) {
        return call(HttpMethod.GET, uri, null, Map.of());
    }

    Uni<EngineAnswer> head(String uri) {
        return call(HttpMethod.HEAD, uri, null, Map.of());
    }

    Uni<EngineAnswer> post(String uri, Object json) {
        return json == null
                ? call(HttpMethod.POST, uri, null, Map.of())
                : call(HttpMethod.POST, uri, EngineAnswer.encode(json), Map.of("Content-Type", "application/json"));
    }

    Uni<EngineAnswer> sendTar(HttpMethod method, String uri, Buffer tar) {
        return call(method, uri, tar, Map.of("Content-Type", "application/x-tar"));
    }

    Uni<EngineAnswer> delete(String uri) {
        return call(HttpMethod.DELETE, uri, null, Map.of());
    }

    private Uni<EngineAnswer> call(HttpMethod method, String uri, Buffer body, Map<String, String> headers) {
        return open(calls, method, uri, headers, body)
                .onItem()
                .transformToUni(response -> response.body().map(bytes -> answer(response, bytes)))
                .ifNoItem()
                .after(CALL_LIMIT)
                .failWith(() -> new RuntimeFailure(
                        CauseCode.ENGINE_UNAVAILABLE,
                        "the engine at " + socketPath + " did not answer within " + CALL_LIMIT.toSeconds() + " s"))
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(this::unreachable);
    }

    /** A call that lasts as long as what it waits for, without a limit of its own. */
    Uni<EngineAnswer> await(HttpMethod method, String uri) {
        return stream(method, uri).chain(EngineStream::whole);
    }

    /**
     * Sends a tar at the pace at which the engine takes it, without a limit of time. Cancelling breaks it off, and so does
     * the tar's own failure, which is told as it is: the engine never takes half a tar for a whole one.
     */
    Uni<EngineAnswer> sendTar(HttpMethod method, String uri, Multi<Buffer> tar) {
        return Uni.createFrom()
                .deferred(() -> request(streams, options(method, uri, Map.of("Content-Type", "application/x-tar"))))
                .onItem()
                .transformToUni(request -> Upload.of(request, tar))
                .onItem()
                .transformToUni(response -> response.body().map(bytes -> answer(response, bytes)))
                .onFailure(failure -> !(failure instanceof RuntimeFailure) && !(failure instanceof Upload.SourceFailed))
                .transform(this::unreachable);
    }

    /** Sends bytes down a connection that the engine takes over: see {@link Input}. */
    Uni<Void> send(String uri, Buffer bytes) {
        return new Input(raw, address)
                .send(uri, bytes)
                .ifNoItem()
                .after(CALL_LIMIT)
                .failWith(() -> new RuntimeFailure(
                        CauseCode.ENGINE_FAILED,
                        "the engine did not take the container's input within " + CALL_LIMIT.toSeconds() + " s"))
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(this::unreachable);
    }

    private static EngineAnswer answer(HttpClientResponse response, Buffer body) {
        return new EngineAnswer(response.statusCode(), response.headers().getDelegate(), body);
    }

    /**
     * Opens a stream. The item comes with the answer's head; the body flows at the subscriber's demand, and cancelling
     * either closes the connection. The body must be subscribed to as soon as the item comes; otherwise it is closed.
     */
    Uni<EngineStream> stream(HttpMethod method, String uri) {
        return stream(method, uri, false);
    }

    /** The same, for a body that is subscribed to later: whoever gives it up before that must cancel it. */
    Uni<EngineStream> hold(HttpMethod method, String uri) {
        return stream(method, uri, true);
    }

    private Uni<EngineStream> stream(HttpMethod method, String uri, boolean readLater) {
        return Exchange.of(request(streams, options(method, uri, Map.of())), this::opened, readLater)
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(this::unreachable);
    }

    private EngineStream opened(HttpClientResponse response) {
        response.pause();
        var read = new AtomicBoolean();
        Multi<Buffer> body = Multi.createFrom().deferred(() -> {
            read.set(true);
            return response.toMulti()
                    .onCancellation()
                    .invoke(() -> reset(response))
                    .onFailure()
                    .transform(this::unreachable);
        });
        return new EngineStream(response.statusCode(), body, read);
    }

    /** The reset is our own wish, not a fault to tell the subscriber that has just left. */
    private static void reset(HttpClientResponse response) {
        response.exceptionHandler(expected -> {});
        response.request().reset();
    }

    private Uni<HttpClientResponse> open(
            HttpClient client, HttpMethod method, String uri, Map<String, String> headers, Buffer body) {
        RequestOptions options = options(method, uri, headers);
        return Uni.createFrom()
                .deferred(() -> request(client, options).onItem().transformToUni(request -> send(request, body)));
    }

    private RequestOptions options(HttpMethod method, String uri, Map<String, String> headers) {
        RequestOptions options = new RequestOptions()
                .setServer(address)
                .setHost("localhost")
                .setPort(80)
                .setMethod(method)
                .setURI(uri);
        headers.forEach(options::addHeader);
        return options;
    }

    /** One that comes after its subscriber has left is given back: otherwise it would hold its connection for ever. */
    private static Uni<HttpClientRequest> request(HttpClient client, RequestOptions options) {
        return Uni.createFrom().emitter(emitter -> {
            var left = new AtomicBoolean();
            emitter.onTermination(() -> left.set(true));
            client.request(options)
                    .subscribe()
                    .with(
                            request -> {
                                // What fails is told by the answer; without a handler Vert.x would log it once more.
                                request.exceptionHandler(told -> {});
                                if (left.get()) {
                                    request.reset();
                                } else {
                                    emitter.complete(request);
                                }
                            },
                            emitter::fail);
        });
    }

    private static Uni<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
        Uni<HttpClientResponse> sent = body == null ? request.send() : request.send(body);
        return sent.onCancellation().invoke(request::reset);
    }

    private RuntimeFailure unreachable(Throwable failure) {
        return new RuntimeFailure(
                CauseCode.ENGINE_UNAVAILABLE,
                "the engine at " + socketPath + " cannot be reached: " + failure.getMessage(),
                failure);
    }

    @Override
    public void close() {
        calls.closeAndForget();
        streams.closeAndForget();
        raw.closeAndForget();
    }

    /** A text as a part of a URI. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A stream whose head has come. */
    record EngineStream(int status, Multi<Buffer> body, AtomicBoolean read) {

        /** Whether somebody has begun to read the body. */
        boolean isRead() {
            return read.get();
        }

        /** This stream, if it is a good one; otherwise fails with the engine's words, which are its body. */
        Uni<EngineStream> orFail(CauseCode code, String what) {
            return orFail(answer -> code, what);
        }

        Uni<EngineStream> orFail(Function<EngineAnswer, CauseCode> code, String what) {
            return status >= 200 && status < 300
                    ? Uni.createFrom().item(this)
                    : whole().map(answer -> {
                        throw answer.failure(code.apply(answer), what);
                    });
        }

        /** The answer with all of its body, for those that are short. */
        Uni<EngineAnswer> whole() {
            return body.collect()
                    .in(Buffer::buffer, Buffer::appendBuffer)
                    .map(bytes -> new EngineAnswer(status, null, bytes));
        }
    }
}
