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
            var gateway = new TaskGateway(engine.inTurns(), task, limits, sockets);
            TaskGateway before = open.put(task.taskId(), gateway);
            return (before == null ? Uni.createFrom().voidItem() : before.close())
                    .chain(gateway::open)
                    .onFailure()
                    .call(() -> close(task.taskId()));
        });
    }

    /**
     * Takes it away; safe for a task that has none. Completes when nothing more is made by it. What the task has made stays
     * for {@link Cleanup}.
     */
    public Uni<Void> close(String taskId) {
        TaskGateway gateway = open.remove(taskId);
        return gateway == null ? Uni.createFrom().voidItem() : gateway.close();
    }

    @Override
    public void close() {
        open.values().forEach(TaskGateway::close);
        open.clear();
    }
}
