package dev.fleetrunner.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Ends a connection whose client was answered before it had sent its whole body.
 *
 * <p>To close it at once would reset it, and a reset makes the client lose the answer that tells it why (RFC 9112,
 * section 9.6). So what still comes is read and dropped, until the client has sent all, stops, or takes too long.
 */
public final class LingeringClose {
    private static final long LOOK_MILLIS = 1_000;
    private static final int MOST_LOOKS = 30;

    private final HttpServerRequest request;
    private final HttpConnection connection;
    private boolean came;
    private int looks;

    private LingeringClose(HttpServerRequest request) {
        this.request = request;
        this.connection = request.connection();
    }

    /**
     * Announces that the connection ends with the answer, and ends it after that. To be called before the head is sent.
     * Does nothing in HTTP/2, where an answer ends its own stream, and the connection has others.
     */
    public static void after(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            return;
        }
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.addEndHandler(done -> new LingeringClose(context.request()).begin(context.vertx()));
    }

    private void begin(Vertx vertx) {
        if (request.isEnded()) {
            connection.close();
            return;
        }
        vertx.setPeriodic(LOOK_MILLIS, timer -> look(vertx, timer));
        request.exceptionHandler(failure -> connection.close());
        request.handler(dropped -> came = true);
        request.endHandler(end -> connection.close());
        request.resume();
    }

    private void look(Vertx vertx, long timer) {
        if (!came || ++looks >= MOST_LOOKS) {
            vertx.cancelTimer(timer);
            connection.close();
        }
        came = false;
    }
}
