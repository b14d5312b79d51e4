package dev.fleetrunner.runtime.engine;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;

/** A request whose body is a stream. The next piece is asked for when the one before is written. */
final class Upload {
    private Upload() {}

    /** The stream itself failed, not the way to the engine; the cause is the stream's own failure. */
    static final class SourceFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SourceFailed(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Sends the body and gives the answer, which may come before the body's end: the rest is not asked for then. A body
     * that fails, or that nobody wants any more, breaks the connection.
     */
    static Uni<HttpClientResponse> of(HttpClientRequest request, Multi<Buffer> body) {
        // What fails is told by the answer; without a handler Vert.x would log it a second time.
        request.exceptionHandler(told -> {});
        request.setChunked(true);
        Uni<HttpClientResponse> untilFailure = body.onFailure()
                .transform(SourceFailed::new)
                .onItem()
                .transformToUniAndConcatenate(request::write)
                .onItem()
                .ignoreAsUni()
                .chain(() -> request.end())
                // An engine that has heard enough closes the way there and still answers.
                .onFailure(failure -> !(failure instanceof SourceFailed))
                .recoverWithNull()
                .chain(() -> Uni.createFrom().nothing());
        return Uni.combine()
                .any()
                .of(request.response(), untilFailure)
                .onFailure()
                .invoke(() -> request.reset())
                .onCancellation()
                .invoke(() -> request.reset());
    }
}
