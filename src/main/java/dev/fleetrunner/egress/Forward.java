package dev.fleetrunner.egress;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;

/** One plain HTTP request, written afresh: what comes in is understood first, and never copied as it is. */
final class Forward {
    private final HttpClient client;

    Forward(HttpClient client) {
        this.client = client;
    }

    /**
     * Sends it on and brings the answer. Fails if nobody could be asked or answered; nothing was answered here then unless
     * the response says so.
     *
     * @param path with the query, beginning with a slash
     */
    Future<Void> send(HttpServerRequest request, Target target, String path, List<InetAddress> addresses) {
        return connect(request.method(), target, path, addresses, 0).compose(out -> {
            // Whoever waits is told by the answer's failure; no task fills the log.
            out.exceptionHandler(broken -> {});
            if (request.response().closed()) {
                out.reset();
                return Future.failedFuture("the client has left");
            }
            request.exceptionHandler(broken -> out.reset());
            request.response().exceptionHandler(broken -> out.reset());
            request.response().closeHandler(gone -> out.reset());
            Headers.pass(request.headers(), out.headers());
            Future<Void> sent = body(request, out);
            return out.response()
                    .compose(answer -> bring(answer, request))
                    // One that answers before it has heard everything is not to be kept waiting.
                    .onFailure(broken -> out.reset())
                    .onSuccess(done -> {
                        if (!sent.isComplete()) {
                            out.reset();
                        }
                    });
        });
    }

    private Future<HttpClientRequest> connect(
            HttpMethod method, Target target, String path, List<InetAddress> addresses, int next) {
        var options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(
                        target.port(), addresses.get(next).getHostAddress()))
                .setHost(target.host())
                .setPort(target.port())
                .setMethod(method)
                .setURI(path);
        return client.request(options)
                .recover(failure -> next + 1 < addresses.size()
                        ? connect(method, target, path, addresses, next + 1)
                        : Future.failedFuture(failure));
    }

    private static Future<Void> body(HttpServerRequest request, HttpClientRequest out) {
        String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        boolean chunked = request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        if (length == null && !chunked) {
            return out.end();
        }
        if (chunked) {
            out.setChunked(true);
        } else {
            out.putHeader(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        return request.pipe().endOnFailure(false).to(out);
    }

    private static Future<Void> bring(HttpClientResponse answer, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.statusCode());
        if (answer.statusMessage() != null && !answer.statusMessage().isEmpty()) {
            response.setStatusMessage(answer.statusMessage());
        }
        Headers.pass(answer.headers(), response.headers());
        String length = answer.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        boolean bare =
                request.method().equals(HttpMethod.HEAD) || answer.statusCode() == 204 || answer.statusCode() == 304;
        if (length != null) {
            response.putHeader(HttpHeaderNames.CONTENT_LENGTH, length);
        } else if (!bare) {
            response.setChunked(true);
        }
        // An old client finds the end of such an answer by the end of its connection alone (RFC 9112, 6.3).
        boolean endless = length == null && !bare && request.version() == HttpVersion.HTTP_1_0;
        if (endless) {
            response.putHeader(HttpHeaderNames.CONNECTION, "close");
        }
        Future<Void> brought =
                bare ? response.end() : answer.pipe().endOnFailure(false).to(response);
        return brought.onSuccess(done -> {
            if (endless || Headers.isLast(request.headers())) {
                request.connection().close();
            }
        });
    }
}
