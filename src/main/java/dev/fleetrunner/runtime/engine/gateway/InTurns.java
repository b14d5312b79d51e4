package dev.fleetrunner.runtime.engine.gateway;

import dev.fleetrunner.async.Begun;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** The calls of one task, a few at a time: however many it makes, other tasks are answered. */
final class InTurns implements EngineCalls {
    /** More than the task has connections: none of them waits for two answers. */
    private static final int MOST_WAITING = 512;

    private final EngineCalls calls;
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int free;

    /** @param atOnce how many are under way */
    InTurns(EngineCalls calls, int atOnce) {
        this.calls = calls;
        this.free = atOnce;
    }

    @Override
    public Uni<EngineReply> call(String method, String uri, Object json) {
        // A call that is under way is not given up: its place would be free while the engine works on.
        return Uni.createFrom()
                .deferred(() -> Begun.now(
                        Uni.createFrom().completionStage(this::place).chain(() -> calls.call(method, uri, json)
                                .onTermination()
                                .invoke(this::leave))));
    }

    private synchronized CompletableFuture<Void> place() {
        if (free > 0) {
            free--;
            return CompletableFuture.completedFuture(null);
        }
        if (waiting.size() >= MOST_WAITING) {
            return CompletableFuture.failedFuture(
                    new Refusal(429, "the task asks its engine for too much at once; wait for answers"));
        }
        var place = new CompletableFuture<Void>();
        waiting.add(place);
        return place;
    }

    private void leave() {
        CompletableFuture<Void> next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.complete(null);
        }
    }
}
