package dev.fleetrunner.workspace;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;

/** Where everything that touches a file is done. */
record Worker(Executor executor) {
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does the work at subscription; an {@link IOException} of it comes as {@link UncheckedIOException}. */
    <T> Uni<T> run(Work<T> work) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return work.run();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                })
                .runSubscriptionOn(executor);
    }
}
