package dev.fleetrunner.egress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection that speaks behind its CONNECT before the answer. Vert.x reads this as HTTP and drops it when the
 * tunnel opens; a tunnel from which bytes are missing is worse than none.
 */
final class Early extends ChannelInboundHandlerAdapter {
    private boolean connecting;
    private boolean asked;

    private Early() {}

    static void on(Channel channel) {
        channel.pipeline().addAfter("httpDecoder", "early", new Early());
    }

    /** The tunnel is open: from now on everything is its own. */
    static void off(Channel channel) {
        if (channel.pipeline().get(Early.class) != null) {
            channel.pipeline().remove(Early.class);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        if (asked) {
            ReferenceCountUtil.release(read);
            ctx.close();
            return;
        }
        if (read instanceof HttpRequest request) {
            connecting = HttpMethod.CONNECT.equals(request.method());
        }
        asked = connecting && read instanceof LastHttpContent;
        ctx.fireChannelRead(read);
    }
}
