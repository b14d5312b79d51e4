package dev.fleetrunner.egress;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/** The ways out of tasks that may reach only some hosts: opens, closes and remembers them. */
public final class Egress implements AutoCloseable {
    /** The port of the container's loopback at which the proxy is. */
    public static final int PORT = 3128;

    private static final String SOCKET = "tcp-" + PORT;

    private final Vertx vertx;
    private final SocketDirectory sockets;
    private final AddressRules addresses;
    private final Lookup lookup;
    private final Executor worker;
    private final Limits limits;
    private final Outside outside;
    private final LongAdder deniedRequests = new LongAdder();
    private final Map<String, CompletableFuture<TaskProxy>> open = new ConcurrentHashMap<>();

    /**
     * Nothing is open yet.
     *
     * @param addresses what may be connected to
     * @param worker for files
     */
    public Egress(Vertx vertx, SocketDirectory sockets, AddressRules addresses, Lookup lookup, Executor worker) {
        this(vertx, sockets, addresses, lookup, worker, Limits.USUAL);
    }

    Egress(
            Vertx vertx,
            SocketDirectory sockets,
            AddressRules addresses,
            Lookup lookup,
            Executor worker,
            Limits limits) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.addresses = addresses;
        this.lookup = lookup;
        this.worker = worker;
        this.limits = limits;
        this.outside = Outside.of(vertx, limits);
    }

    /**
     * Opens a task's way out and tells the directory of its socket, {@code tcp-3128}. One that is open stays as it is; one
     * that an earlier life of the runner had opened goes on, with what was denied by then.
     *
     * @param allow the rules, as {@code network.allow} has them
     */
    public Uni<Path> open(String taskId, List<String> allow) {
        return Uni.createFrom().deferred(() -> {
            var mine = new CompletableFuture<TaskProxy>();
            CompletableFuture<TaskProxy> proxy = open.putIfAbsent(taskId, mine);
            if (proxy == null) {
                proxy = mine;
                begin(taskId, allow, mine);
            }
            return Uni.createFrom().completionStage(proxy::copy).chain(opened -> files(() -> sockets.of(taskId)));
        });
    }

    private void begin(String taskId, List<String> allow, CompletableFuture<TaskProxy> mine) {
        List<HostRule> rules = allow.stream().map(HostRule::of).toList();
        files(() -> Denials.open(sockets.denied(taskId)))
                .chain(denials -> {
                    var proxy = new TaskProxy(
                            vertx,
                            limits,
                            new Route(rules, addresses, lookup),
                            denials,
                            outside,
                            worker,
                            deniedRequests);
                    return files(() -> sockets.fresh(taskId))
                            .call(fresh -> uni(proxy.listen(fresh.toString())))
                            .chain(fresh -> files(() -> {
                                SocketDirectory.show(fresh, SOCKET);
                                return proxy;
                            }))
                            .onFailure()
                            .invoke(proxy::close);
                })
                .subscribe()
                .with(mine::complete, failure -> {
                    open.remove(taskId, mine);
                    mine.completeExceptionally(failure);
                });
    }

    /** The directory of a task's sockets, made if it is not there. */
    public Uni<Path> directory(String taskId) {
        return files(() -> sockets.of(taskId));
    }

    /** Where the directory of a task's sockets is, or would be. */
    public Path place(String taskId) {
        return sockets.path(taskId);
    }

    /** What a task was denied up to now, whether its way out is open or not; nothing for a task that has none. */
    public Uni<Denied> denied(String taskId) {
        return files(() -> {
            CompletableFuture<TaskProxy> proxy = open.get(taskId);
            if (proxy != null && proxy.isDone() && !proxy.isCompletedExceptionally()) {
                return proxy.join().denials().all();
            }
            Path file = sockets.denied(taskId);
            return Files.exists(file) ? Denials.open(file).all() : Denied.NOTHING;
        });
    }

    /** How many requests of tasks were denied since the start. */
    public long deniedRequests() {
        return deniedRequests.sum();
    }

    /** How many connections of tasks there are. */
    int connections() {
        return open.values().stream()
                .filter(proxy -> proxy.isDone() && !proxy.isCompletedExceptionally())
                .mapToInt(proxy -> proxy.join().connections())
                .sum();
    }

    /** Closes a task's way out and forgets what it was denied. Safe twice, and for a task that has none. */
    public Uni<Void> close(String taskId) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<TaskProxy> proxy = open.remove(taskId);
            Uni<Void> closed = proxy == null
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom()
                            .completionStage(proxy::copy)
                            .chain(opened -> uni(opened.close()))
                            .onFailure()
                            .recoverWithNull()
                            .replaceWithVoid();
            return closed.chain(() -> files(() -> {
                sockets.remove(taskId);
                return null;
            }));
        });
    }

    /** The tasks that have something here; those that are no more are to be closed. */
    public Uni<Set<String>> tasks() {
        return files(sockets::tasks);
    }

    private static <T> Uni<T> uni(Future<T> future) {
        return Uni.createFrom().completionStage(future::toCompletionStage);
    }

    private <T> Uni<T> files(Callable<T> work) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return work.call();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .runSubscriptionOn(worker);
    }

    /** Stops listening; containers keep their directories, for the next life of the runner. Blocks. */
    @Override
    public void close() {
        open.values().forEach(proxy -> proxy.thenAccept(TaskProxy::close));
        open.clear();
        outside.close();
        try {
            sockets.leave();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
