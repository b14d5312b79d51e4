package dev.fleetrunner.egress;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;

/**
 * One side of a tunnel. What it reads goes to the other side, and it reads on when that has taken it; the end of its input
 * becomes the end of the other's output, which Vert.x' own sockets cannot do. Errors close both.
 */
public final class Relay extends ChannelInboundHandlerAdapter {
    private Channel other;
    private ChannelHandlerContext self;
    private boolean inputEnded;
    private Relay peer;

    private Relay() {}

    /** Takes the input of a connected socket; nothing is read before {@link #join}. To be called on its event loop. */
    static Relay of(NetSocket socket) {
        ChannelHandlerContext vertx = ((NetSocketInternal) socket).channelHandlerContext();
        var relay = new Relay();
        prepared(vertx.channel()).pipeline().addBefore(vertx.name(), "relay", relay);
        return relay;
    }

    /** Takes the input of a connection behind all that handles it; the same holds. */
    public static Relay of(Channel channel) {
        var relay = new Relay();
        prepared(channel).pipeline().addLast(relay);
        return relay;
    }

    private static Channel prepared(Channel channel) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        return channel;
    }

    /** Connects both sides and begins. */
    public static void join(Relay one, Relay two) {
        one.peer = two;
        two.peer = one;
        one.other = two.self.channel();
        two.other = one.self.channel();
        if (!one.other.isActive() || !two.other.isActive()) {
            one.other.close();
            two.other.close();
            return;
        }
        one.self.read();
        two.self.read();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        self = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        other.writeAndFlush(bytes).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                ctx.read();
            } else {
                ctx.close();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            // Behind whatever is still being written.
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(ctx));
        } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void endOutput(ChannelHandlerContext ctx) {
        if (peer.inputEnded) {
            other.close();
            ctx.close();
        } else {
            ((DuplexChannel) other).shutdownOutput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (other != null) {
            // Behind whatever is still being written.
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable broken) {
        ctx.close();
    }
}
