package dev.fleetrunner.egress;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Carries bytes both ways, each at the pace of its reader, until one side ends. */
final class Tunnel {
    private final HttpServerRequest request;
    private final NetClient client;
    private final Judge judge;
    private final Executor here;

    Tunnel(HttpServerRequest request, NetClient client, Judge judge, Executor here) {
        this.request = request;
        this.client = client;
        this.judge = judge;
        this.here = here;
    }

    void open() {
        Optional<Destination> destination = Destination.ofAuthority(request.uri());
        if (destination.isEmpty()) {
            Answers.refuse(request, Refused.malformed());
        } else {
            judge.judge(destination.get())
                    .emitOn(here)
                    .subscribe()
                    .with(
                            address -> connect(destination.get(), address),
                            refused -> Answers.refuse(request, (Refused) refused));
        }
    }

    private void connect(Destination destination, InetAddress address) {
        client.connect(SocketAddress.inetSocketAddress(destination.port(), address.getHostAddress()))
                .onSuccess(this::join)
                .onFailure(failure -> Answers.refuse(request, Refused.unreachable(destination)));
    }

    private void join(NetSocket outside) {
        outside.pause();
        if (request.response().closed()) {
            outside.close();
            return;
        }
        request.toNetSocket()
                .onSuccess(inside -> {
                    carry(inside, outside);
                    carry(outside, inside);
                })
                .onFailure(gone -> outside.close());
    }

    private static void carry(NetSocket from, NetSocket to) {
        from.pipeTo(to).onComplete(ended -> to.close());
        from.closeHandler(closed -> to.close());
    }
}
