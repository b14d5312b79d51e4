package dev.fleetrunner.runtime.engine.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;

/**
 * One direction of two joined connections: what comes here goes there, at the pace at which the other takes it. An end of
 * the input is told to the other side, which may go on talking; the end of either connection is the end of both.
 */
final class Joined extends ChannelInboundHandlerAdapter {
    private final Channel other;
    private boolean inputEnded;

    private Joined(Channel other) {
        this.other = other;
    }

    /** Joins two connections, neither of which reads by itself. */
    static void join(Channel one, Channel two) {
        one.pipeline().addLast(new Joined(two));
        two.pipeline().addLast(new Joined(one));
        one.read();
        two.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        other.writeAndFlush(bytes).addListener(written -> {
            if (written.isSuccess()) {
                context.channel().read();
            } else {
                context.close();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !inputEnded) {
            inputEnded = true;
            other.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                    .addListener(flushed -> ((DuplexChannel) other).shutdownOutput());
            if (((DuplexChannel) other).isInputShutdown()) {
                context.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        other.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        context.close();
    }
}
