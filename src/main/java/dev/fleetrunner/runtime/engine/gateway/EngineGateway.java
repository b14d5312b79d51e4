package dev.fleetrunner.runtime.engine.gateway;

import io.netty.channel.EventLoopGroup;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The scoped engines of all tasks on one engine. */
public final class EngineGateway implements AutoCloseable {
    private final GatewayLimits limits;
    private final Sockets sockets;
    private final GatewayEngine engine;
    private final Map<String, TaskGateway> open = new ConcurrentHashMap<>();

    /** @param loops on native transport; they end with who made them */
    public EngineGateway(GatewayEngine engine, GatewayLimits limits, EventLoopGroup loops) {
        this.engine = engine;
        this.limits = limits;
        this.sockets = new Sockets(loops, engine.worker());
    }

    /** Gives a task its engine, in place of one that it may have had. */
    public Uni<Void> open(GatewayTask task) {
        return Uni.createFrom().deferred(() -> {
            var gateway = new TaskGateway(engine, task, limits, sockets);
            TaskGateway before = open.put(task.taskId(), gateway);
            if (before != null) {
                before.close();
            }
            return gateway.open().onFailure().invoke(() -> close(task.taskId()));
        });
    }

    /** Takes it away; safe for a task that has none. What the task has made stays for {@link Cleanup}. */
    public void close(String taskId) {
        TaskGateway gateway = open.remove(taskId);
        if (gateway != null) {
            gateway.close();
        }
    }

    @Override
    public void close() {
        open.keySet().forEach(this::close);
    }
}
