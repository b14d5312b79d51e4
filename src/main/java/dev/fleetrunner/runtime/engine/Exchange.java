package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.runtime.engine.EngineClient.EngineStream;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import java.util.function.Function;

/**
 * A request and the head of its answer, whose body flows. Whoever asked may leave at any moment, before the connection is
 * there, while the answer is on its way, or just as it comes: the connection is closed then.
 */
final class Exchange {
    private final UniEmitter<? super EngineStream> asker;
    private final Function<HttpClientResponse, EngineStream> opening;
    private final boolean readLater;
    private HttpClientRequest request;
    private boolean left;
    private boolean answered;

    private Exchange(
            UniEmitter<? super EngineStream> asker,
            Function<HttpClientResponse, EngineStream> opening,
            boolean readLater) {
        this.asker = asker;
        this.opening = opening;
        this.readLater = readLater;
    }

    /**
     * The stream of the answer.
     *
     * @param readLater whether the body may be subscribed to after the item has been taken; otherwise an answer whose body
     *     nobody reads by then is closed, as its asker has left
     */
    static Uni<EngineStream> of(
            Uni<HttpClientRequest> request, Function<HttpClientResponse, EngineStream> opening, boolean readLater) {
        return Uni.createFrom().emitter(asker -> {
            var exchange = new Exchange(asker, opening, readLater);
            asker.onTermination(exchange::leave);
            request.subscribe().with(exchange::send, asker::fail);
        });
    }

    private void send(HttpClientRequest opened) {
        synchronized (this) {
            request = opened;
            if (left) {
                opened.reset();
                return;
            }
        }
        opened.send().subscribe().with(this::answer, asker::fail);
    }

    private void answer(HttpClientResponse response) {
        response.exceptionHandler(ofNobodysInterest -> {});
        synchronized (this) {
            answered = true;
            if (left) {
                response.request().reset();
                return;
            }
        }
        EngineStream stream = opening.apply(response);
        asker.complete(stream);
        if (!readLater && !stream.isRead()) {
            response.request().reset();
        }
    }

    private synchronized void leave() {
        left = true;
        if (request != null && !answered) {
            request.reset();
        }
    }
}
