package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.async.Begun;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The containers of one task. The engine knows them by their labels; here is only what it said last. */
final class Children {
    private static final int SHORTEST_PREFIX = 4;

    private final GatewayEngine engine;
    private final Marks marks;
    private volatile Map<String, Child> known = Map.of();
    private volatile boolean over;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    Children(GatewayEngine engine, Marks marks) {
        this.engine = engine;
        this.marks = marks;
    }

    /** Asks the engine. */
    Uni<Collection<Child>> all() {
        return rows("").map(rows -> known.values());
    }

    /** The engine's rows of them, narrowed by an encoded filter that asks for our labels; empty for all. */
    Uni<List<JsonNode>> rows(String filters) {
        String all = filters.isEmpty() ? marks.filters() : filters;
        return engine.calls()
                .call("GET", engine.api() + "/containers/json?all=1&filters=" + all, null)
                .map(reply -> {
                    List<JsonNode> own = new java.util.ArrayList<>();
                    Map<String, Child> now = new LinkedHashMap<>();
                    for (JsonNode row : reply.orRefuse().json()) {
                        if (marks.own(row.path("Labels"))) {
                            own.add(row);
                            Child child = Child.of(row, marks);
                            now.put(child.id(), child);
                        }
                    }
                    if (filters.isEmpty()) {
                        known = Map.copyOf(now);
                    }
                    return own;
                });
    }

    /** The task's own container of a name, an id or the beginning of one; anybody else's is not found. */
    Uni<Child> find(String name) {
        Child found = match(name);
        return found != null
                ? Uni.createFrom().item(found)
                : all().map(fresh -> {
                    Child now = match(name);
                    if (now == null) {
                        throw Refusal.notFound("container", name);
                    }
                    return now;
                });
    }

    private Child match(String name) {
        Map<String, Child> now = known;
        if (now.containsKey(name)) {
            return now.get(name);
        }
        for (Child child : now.values()) {
            if (child.name().equals(name)) {
                return child;
            }
        }
        List<Child> beginning = name.length() < SHORTEST_PREFIX
                ? List.of()
                : now.values().stream()
                        .filter(child -> child.id().startsWith(name))
                        .toList();
        return beginning.size() == 1 ? beginning.get(0) : null;
    }

    /** One after the other, in the order in which they are asked for: so no budget is given out twice. */
    synchronized <T> Uni<T> inTurn(Supplier<Uni<T>> work) {
        CompletableFuture<T> next = last.handle((done, failure) -> null)
                .thenCompose(turn -> (CompletionStage<T>) unlessOver(work).subscribeAsCompletionStage());
        last = next;
        return Begun.told(next);
    }

    private <T> Uni<T> unlessOver(Supplier<Uni<T>> work) {
        return over ? Uni.createFrom().failure(new Refusal(409, "the task is over")) : work.get();
    }

    /** Nothing more is made from here on. Completes when what was begun is done. */
    synchronized Uni<Void> end() {
        over = true;
        return Begun.told(last.handle((done, failure) -> null));
    }

    String uri(Child child) {
        return engine.api() + "/containers/" + child.id();
    }

    Uni<JsonNode> inspect(Child child) {
        return engine.calls().call("GET", uri(child) + "/json", null).map(reply -> reply.orRefuse()
                .json());
    }
}
