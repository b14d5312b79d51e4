package dev.fleetrunner.egress;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose next request takes too long to come: one that sends a byte now and then is never idle, and
 * would keep its place for ever.
 */
final class HeadLimit {
    private static final AttributeKey<HeadLimit> KEY = AttributeKey.valueOf(HeadLimit.class, "head");

    private final Channel channel;
    private final Duration limit;
    private ScheduledFuture<?> timer;

    private HeadLimit(Channel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /** From now on the connection has this long for its first request, and for each after an answer. */
    static void on(Channel channel, Duration limit) {
        var head = new HeadLimit(channel, limit);
        channel.attr(KEY).set(head);
        channel.closeFuture().addListener(closed -> head.stop());
        head.start();
    }

    /** The head of a request has come. Behind a CONNECT comes no other. */
    static void met(HttpServerRequest request) {
        Channel channel =
                ((ConnectionBase) request.connection()).channelHandlerContext().channel();
        HeadLimit head = channel.attr(KEY).get();
        head.stop();
        if (!request.method().equals(HttpMethod.CONNECT)) {
            request.response().endHandler(answered -> head.start());
        }
    }

    private void start() {
        timer = channel.eventLoop().schedule(() -> channel.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        timer.cancel(false);
    }
}
