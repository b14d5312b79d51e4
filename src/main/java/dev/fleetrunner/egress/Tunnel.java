package dev.fleetrunner.egress;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import java.net.InetAddress;
import java.util.List;

/** CONNECT: bytes both ways, whatever they are. */
final class Tunnel {
    private final NetClient client;

    Tunnel(NetClient client) {
        this.client = client;
    }

    /** An end of the tunnel that is connected and silent. */
    private record Far(io.vertx.core.net.NetSocket socket, Relay relay) {}

    /** Connects, says so, and carries. Fails if none of the addresses can be connected to; nothing was answered then. */
    Future<Void> open(HttpServerRequest request, Target target, List<InetAddress> addresses) {
        return connect(target, addresses, 0).compose(far -> join(request, far));
    }

    private static Future<Void> join(HttpServerRequest request, Far far) {
        if (request.response().closed()) {
            far.socket().close();
            return Future.failedFuture("the client has left");
        }
        return request.toNetSocket().onFailure(gone -> far.socket().close()).map(near -> {
            Early.off(((NetSocketInternal) near).channelHandlerContext().channel());
            Relay.join(Relay.of(near), far.relay());
            return null;
        });
    }

    private Future<Far> connect(Target target, List<InetAddress> addresses, int next) {
        var address = SocketAddress.inetSocketAddress(
                target.port(), addresses.get(next).getHostAddress());
        return client.connect(address)
                // At once, so that nothing that the far side says first is lost.
                .map(socket -> new Far(socket, Relay.of(socket)))
                .recover(failure -> next + 1 < addresses.size()
                        ? connect(target, addresses, next + 1)
                        : Future.failedFuture(failure));
    }
}
