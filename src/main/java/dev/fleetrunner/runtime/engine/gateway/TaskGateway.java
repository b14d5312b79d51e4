package dev.fleetrunner.runtime.engine.gateway;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.smallrye.mutiny.Uni;

/** One task's engine: listens at {@code docker.sock} in the task's directory. */
final class TaskGateway {
    static final String SOCKET = "docker.sock";

    private static final int MOST_CONNECTIONS = 256;
    private static final int FIRST_LINE = 8 << 10;
    private static final int LARGEST_HEAD = 32 << 10;
    private static final int CHUNK = 64 << 10;

    private final GatewayEngine engine;
    private final GatewayTask task;
    private final Sockets sockets;
    private final Children children;
    private final Reach reach;
    private final Seccomp seccomp;
    private final Routes routes = new Routes();
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile Channel listening;

    TaskGateway(GatewayEngine engine, GatewayTask task, GatewayLimits limits, Sockets sockets) {
        this.engine = engine;
        this.task = task;
        this.sockets = sockets;
        this.seccomp = new Seccomp(engine, task.directory());
        var marks = new Marks(engine.instance(), task.taskId());
        children = new Children(engine, marks);
        reach = new Reach(engine, task, children, sockets);
        var networks = new Networks(engine, limits, marks, children, reach);
        var volumes = new Volumes(engine, limits, marks, children);
        new SystemCalls(engine, task, marks, children).into(routes);
        var images = new ImageCalls(engine, limits, task.images());
        images.into(routes);
        new ContainerCalls(engine, task, limits, images, marks, children, networks, volumes, reach, seccomp)
                .into(routes);
        new ExecCalls(engine, children, marks).into(routes);
        networks.into(routes);
        volumes.into(routes);
    }

    /** Listens, and opens again the ways to what an earlier life of the runner has left running. */
    Uni<Void> open() {
        return seccomp.write()
                .chain(reach::reopen)
                .chain(() -> sockets.listen(task.directory().resolve(SOCKET), this::accept))
                .invoke(channel -> listening = channel)
                .replaceWithVoid();
    }

    private void accept(Channel client) {
        if (clients.size() >= MOST_CONNECTIONS) {
            client.close();
            return;
        }
        clients.add(client);
        client.pipeline()
                .addLast(new HttpRequestDecoder(FIRST_LINE, LARGEST_HEAD, CHUNK))
                .addLast(new HttpResponseEncoder())
                .addLast(new Front(routes, sockets, engine.socket()));
    }

    /** Ends all connections; completes when nothing more is made. What the task has made stays for {@link Cleanup}. */
    Uni<Void> close() {
        if (listening != null) {
            listening.close();
        }
        reach.closeAll();
        clients.close();
        return children.end();
    }
}
