package dev.fleetrunner.runtime.engine.gateway;

import dev.fleetrunner.egress.Relay;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Hands one request on to the engine and its answer back, each at the pace of who takes it, on one event loop. What the
 * engine gets is written anew; of its answer come back the status, a few headers, and the body.
 */
final class Relaying extends ChannelInboundHandlerAdapter {
    private static final List<String> HEADERS =
            List.of("Content-Type", "Content-Length", "X-Docker-Container-Path-Stat");
    private static final int FIRST_LINE = 4096;
    private static final int LARGEST_HEAD = 64 << 10;
    private static final int CHUNK = 64 << 10;

    private final ChannelHandlerContext client;
    private final HttpRequest request;
    private final Sockets sockets;
    private final Path engine;
    private final Runnable finished;
    private final Queue<HttpContent> waiting = new ArrayDeque<>();
    private Reply.Relay relay;
    private Channel upstream;
    private MappedLines lines;
    private int writing;
    private HttpResponse switching;
    private boolean answered;
    private boolean sent;
    private boolean over;

    Relaying(ChannelHandlerContext client, HttpRequest request, Sockets sockets, Path engine, Runnable done) {
        this.client = client;
        this.request = request;
        this.sockets = sockets;
        this.engine = engine;
        this.finished = done;
    }

    /** Whether the client is read while this goes on, only to see whether it leaves. */
    boolean readsAhead() {
        return relay != null && (!relay.sends() || sent) && !over;
    }

    void start(Reply.Relay what) {
        relay = what;
        sockets.connect(client.channel(), engine, channel -> channel.pipeline()
                        .addLast(new HttpClientCodec(FIRST_LINE, LARGEST_HEAD, CHUNK), this))
                .subscribe()
                .with(this::connected, failure -> fail());
    }

    private void connected(Channel channel) {
        upstream = channel;
        if (over || !client.channel().isActive()) {
            channel.close();
            return;
        }
        channel.writeAndFlush(head()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        channel.read();
        if (relay.sends()) {
            pump();
        } else {
            client.read();
        }
    }

    private HttpRequest head() {
        HttpMethod method = HttpMethod.valueOf(relay.method());
        HttpRequest head = relay.sends()
                ? new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, relay.uri())
                : new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        method,
                        relay.uri(),
                        relay.json() == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(relay.json()));
        HttpHeaders headers = head.headers().set(HttpHeaderNames.HOST, "engine");
        if (relay.hijack()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE).set(HttpHeaderNames.UPGRADE, "tcp");
        } else {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (relay.sends()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, "application/x-tar");
            if (HttpUtil.isTransferEncodingChunked(request) || !HttpUtil.isContentLengthSet(request)) {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            } else {
                headers.set(HttpHeaderNames.CONTENT_LENGTH, HttpUtil.getContentLength(request));
            }
        } else {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, relay.json() == null ? 0 : relay.json().length);
            if (relay.json() != null) {
                headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
            }
        }
        return head;
    }

    /** Takes a part of the client's body; the next is read when this one is written. */
    void send(HttpContent content) {
        if (over || (relay != null && !relay.sends())) {
            content.release();
            return;
        }
        waiting.add(content);
        if (upstream != null) {
            pump();
        }
    }

    private void pump() {
        HttpContent next = waiting.poll();
        if (next == null) {
            client.read();
            return;
        }
        sent = next instanceof LastHttpContent;
        upstream.writeAndFlush(next).addListener(written -> {
            if (written.isSuccess()) {
                pump();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse head) {
            if (head.decoderResult().isFailure()) {
                fail();
                return;
            }
            if (head.status().equals(HttpResponseStatus.CONTINUE)) {
                return;
            }
            if (head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                switching = head;
                return;
            }
            answerHead(head);
        }
        if (switching != null && message instanceof LastHttpContent) {
            hijack(context, switching);
        } else if (message instanceof HttpContent content) {
            answerBody(context, content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (writing == 0 && !over) {
            context.read();
        }
    }

    private void answerHead(HttpResponse head) {
        answered = true;
        boolean error = head.status().code() >= 400;
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, head.status());
        for (String name : HEADERS) {
            if (head.headers().contains(name)) {
                response.headers().set(name, head.headers().get(name));
            }
        }
        if (relay.lines() != null) {
            lines = new MappedLines(relay.lines());
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        if (error || (relay.sends() && !sent)) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        boolean bodiless = request.method().equals(HttpMethod.HEAD)
                || head.status().code() == 204
                || head.status().code() == 304;
        if (!bodiless && !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        client.writeAndFlush(response);
    }

    private void answerBody(ChannelHandlerContext context, HttpContent content) {
        if (!answered) {
            content.release();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (content.decoderResult().isFailure()) {
            content.release();
            client.close();
            return;
        }
        HttpContent mapped;
        if (lines == null) {
            mapped = content;
        } else {
            ByteBuf bytes = lines.map(content.content(), last);
            content.release();
            if (bytes == null) {
                client.close();
                return;
            }
            mapped = last
                    ? new DefaultLastHttpContent(bytes)
                    : new io.netty.handler.codec.http.DefaultHttpContent(bytes);
        }
        if (!last && !mapped.content().isReadable()) {
            mapped.release();
            return;
        }
        writing++;
        client.writeAndFlush(mapped).addListener(written -> {
            writing--;
            if (!written.isSuccess() || (last && !keeps())) {
                client.close();
            } else if (last) {
                end();
            } else if (writing == 0) {
                context.read();
            }
        });
    }

    private boolean keeps() {
        return HttpUtil.isKeepAlive(request) && (!relay.sends() || sent) && lines == null;
    }

    private void end() {
        over = true;
        upstream.close();
        finished.run();
        client.read();
    }

    /** Both ends have the connection for themselves from here on. */
    private void hijack(ChannelHandlerContext context, HttpResponse head) {
        over = true;
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, "tcp");
        if (head.headers().contains(HttpHeaderNames.CONTENT_TYPE)) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, head.headers().get(HttpHeaderNames.CONTENT_TYPE));
        }
        client.writeAndFlush(response);
        Channel near = client.channel();
        Channel far = context.channel();
        // First the receiving ends, so that what the decoders still hold is not lost.
        Relay.join(Relay.of(near), Relay.of(far));
        far.pipeline().remove(this);
        far.pipeline().remove(HttpClientCodec.class);
        near.pipeline().remove(Front.class);
        near.pipeline().remove(HttpRequestDecoder.class);
        near.pipeline().remove(HttpResponseEncoder.class);
    }

    private void fail() {
        if (!over) {
            client.close();
            close();
        }
    }

    /** The client has left, or is to leave. */
    void close() {
        over = true;
        waiting.forEach(HttpContent::release);
        waiting.clear();
        if (upstream != null) {
            upstream.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            // An answer without a length ends with the connection: the codec tells that when it is closed.
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!over && !answered) {
            fail();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        fail();
        context.close();
    }
}
