package dev.fleetrunner.files;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;

/** Where everything that touches a file is done, as that blocks. */
public record Worker(Executor executor) {
    /** Work with files. */
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /** Does the work at subscription; an {@link IOException} of it comes as {@link UncheckedIOException}. */
    public <T> Uni<T> run(Work<T> work) {
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
