package dev.fleetrunner.runtime.engine.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Connections that read only when they are told to, and whose two directions end apart from each other. Vert.x has no such
 * thing for unix sockets, so they are Netty's own, on the event loops of Vert.x.
 */
final class Sockets {
    private static final int CONNECT_MILLIS = 5_000;

    private final EventLoopGroup loops;
    private final Executor worker;

    Sockets(EventLoopGroup loops, Executor worker) {
        this.loops = loops;
        this.worker = worker;
    }

    /**
     * Listens on a new unix socket that everybody may use who can reach its directory; what an earlier life left in its
     * place is removed.
     *
     * @param accepted gets each connection when it is there
     */
    Uni<Channel> listen(Path socket, Consumer<Channel> accepted) {
        return Uni.createFrom()
                .item(() -> {
                    delete(socket);
                    return socket;
                })
                .runSubscriptionOn(worker)
                .chain(free -> bound(free, accepted))
                .emitOn(worker)
                .invoke(channel -> open(socket))
                .invoke(channel -> channel.closeFuture().addListener(closed -> worker.execute(() -> delete(socket))));
    }

    private Uni<Channel> bound(Path socket, Consumer<Channel> accepted) {
        ServerBootstrap server = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerDomainSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(initial(accepted));
        return told(() -> server.bind(new DomainSocketAddress(socket.toFile())));
    }

    private static ChannelHandler initial(Consumer<Channel> accepted) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                accepted.accept(channel);
            }
        };
    }

    private static void open(Path socket) {
        try {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            throw new IllegalStateException("the socket " + socket + " cannot be opened to the task", e);
        }
    }

    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new IllegalStateException("the socket " + socket + " cannot be removed", e);
        }
    }

    /** Connects to a unix socket, on the event loop of the connection that it is for. */
    Uni<Channel> connect(Channel with, Path socket, Consumer<Channel> prepared) {
        Bootstrap client = new Bootstrap()
                .group(with.eventLoop())
                .channel(EpollDomainSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(initial(prepared));
        return told(() -> client.connect(new DomainSocketAddress(socket.toFile())));
    }

    /** Connects to a port, on the event loop of the connection that it is for. */
    Uni<Channel> connect(Channel with, InetSocketAddress address) {
        Bootstrap client = new Bootstrap()
                .group(with.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(initial(channel -> {}));
        return told(() -> client.connect(address));
    }

    private static Uni<Channel> told(java.util.function.Supplier<ChannelFuture> begin) {
        return Uni.createFrom().emitter(emitter -> begin.get().addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                emitter.complete(done.channel());
            } else {
                emitter.fail(done.cause());
            }
        }));
    }
}
