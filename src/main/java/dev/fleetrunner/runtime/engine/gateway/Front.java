package dev.fleetrunner.runtime.engine.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import org.jboss.logging.Logger;

/**
 * One connection of a client: takes one request after the other, each read whole or, where it is an archive, handed on as
 * it comes. A request that comes before the one before it is answered ends the connection: no client of engines does that.
 */
final class Front extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(Front.class);
    private static final int LARGEST_BODY = 1 << 20;

    private final Routes routes;
    private final Sockets sockets;
    private final java.nio.file.Path engine;

    private HttpRequest request;
    private Routes.Route route;
    private Target target;
    private ByteBuf body;
    private Relaying relaying;
    private Cancellable answering;

    Front(Routes routes, Sockets sockets, java.nio.file.Path engine) {
        this.routes = routes;
        this.sockets = sockets;
        this.engine = engine;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest head) {
                begin(context, head);
            }
            if (message instanceof HttpContent content) {
                take(context, content);
            }
        } catch (Refusal refusal) {
            refuse(context, refusal);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // While an answer is on its way, reading shows that the client has left; while a body is sent on, its taker
        // reads.
        if (relaying == null || relaying.readsAhead()) {
            context.read();
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        if (request != null) {
            context.close();
            throw Refusal.malformed("one request at a time");
        }
        request = head;
        if (head.decoderResult().isFailure()) {
            throw Refusal.malformed("the request cannot be read");
        }
        target = Target.of(head.uri());
        String method = head.method().name();
        route = routes.find(method, target)
                .orElseThrow(() -> Refusal.forbidden(method + " /" + String.join("/", target.path())
                        + " is not open to tasks; see what the scoped engine offers"));
        if (HttpUtil.getContentLength(head, 0L) > LARGEST_BODY && !route.streams()) {
            throw tooLarge();
        }
        body = Unpooled.buffer();
        if (HttpUtil.is100ContinueExpected(head)) {
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        if (route.streams()) {
            answer(context, Json.object());
        }
    }

    private static Refusal tooLarge() {
        return new Refusal(413, "a request's body has at most " + LARGEST_BODY + " bytes");
    }

    private void take(ChannelHandlerContext context, HttpContent content) {
        if (request == null || route == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            throw Refusal.malformed("the request's body cannot be read");
        }
        if (relaying != null) {
            relaying.send(content.retain());
            return;
        }
        if (body.readableBytes() + content.content().readableBytes() > LARGEST_BODY) {
            throw tooLarge();
        }
        body.writeBytes(content.content());
        if (content instanceof LastHttpContent && !route.streams()) {
            byte[] bytes = new byte[body.readableBytes()];
            body.readBytes(bytes);
            answer(context, bytes.length == 0 ? Json.object() : Json.strict(bytes));
        }
    }

    private void answer(ChannelHandlerContext context, com.fasterxml.jackson.databind.JsonNode json) {
        boolean upgrade = request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
        var call = new Call(target, json, upgrade);
        if (route.streams()) {
            relaying = new Relaying(context, request, sockets, engine, this::finished);
        }
        Routes.Route taken = route;
        answering = Uni.createFrom()
                .deferred(() -> taken.handler().handle(call))
                .subscribe()
                .with(reply -> context.executor().execute(() -> deliver(context, reply)), failure -> context.executor()
                        .execute(() -> refuse(context, asRefusal(failure))));
    }

    private static Refusal asRefusal(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        LOG.warnf(failure, "the scoped engine failed at a call");
        return new Refusal(500, "the scoped engine could not do this: " + failure.getMessage());
    }

    private void deliver(ChannelHandlerContext context, Reply reply) {
        answering = null;
        if (!context.channel().isActive()) {
            return;
        }
        if (reply instanceof Reply.Relay relay) {
            if (relaying == null) {
                relaying = new Relaying(context, request, sockets, engine, this::finished);
            }
            relaying.start(relay);
        } else {
            write(context, (Reply.Answer) reply, HttpUtil.isKeepAlive(request) && relaying == null);
        }
    }

    /** What was sent is not read to its end, so the connection has no next request. */
    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        boolean whole = relaying == null && body != null && route != null && !route.streams() && answering != null;
        answering = null;
        route = null;
        write(context, Reply.refused(refusal), whole && request != null && HttpUtil.isKeepAlive(request));
    }

    private void write(ChannelHandlerContext context, Reply.Answer answer, boolean keep) {
        boolean head = request != null && request.method().equals(HttpMethod.HEAD);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        if (answer.type() != null) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
        }
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        if (answer.status() != HttpResponseStatus.NO_CONTENT.code() && answer.status() != 304) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        }
        if (!keep) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        var written = context.writeAndFlush(response);
        if (keep) {
            finished();
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** An answer has been given whole; the next request may come. */
    private void finished() {
        request = null;
        route = null;
        target = null;
        relaying = null;
        body = null;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (answering != null) {
            answering.cancel();
        }
        if (relaying != null) {
            relaying.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        context.close();
    }
}
