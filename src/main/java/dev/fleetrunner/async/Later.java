package dev.fleetrunner.async;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.SwitchableSubscriptionSubscriber;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A stream that is known only later.
 *
 * <p>Not {@code Uni.onItem().transformToMulti(…)}: in Mutiny 3.1.1 a cancellation that comes just when the stream is known
 * leaves it subscribed and never cancelled, and so do the operators that concatenate.
 */
public final class Later<T> extends AbstractMulti<T> {
    private final Uni<? extends Multi<? extends T>> known;

    private Later(Uni<? extends Multi<? extends T>> known) {
        this.known = known;
    }

    /** The stream as soon as it is known, at the subscriber's demand; cancelling at any moment cancels what is there. */
    public static <T> Multi<T> stream(Uni<? extends Multi<? extends T>> known) {
        return Infrastructure.onMultiCreation(new Later<T>(known));
    }

    @Override
    public void subscribe(MultiSubscriber<? super T> downstream) {
        var reader = new Reader<T>(downstream);
        downstream.onSubscribe(reader);
        reader.await(known.subscribe().with(stream -> begin(stream, reader), reader::onFailure));
    }

    @SuppressWarnings("unchecked") // a stream of a kind of T is a stream of T for one who only reads
    private static <T> void begin(Multi<? extends T> stream, Reader<T> reader) {
        ((Multi<T>) stream).subscribe().withSubscriber(reader);
    }

    private static final class Reader<T> extends SwitchableSubscriptionSubscriber<T> {
        private static final Cancellable LEFT = () -> {};
        private final AtomicReference<Cancellable> awaited = new AtomicReference<>();

        Reader(MultiSubscriber<? super T> downstream) {
            super(downstream);
        }

        void await(Cancellable stream) {
            if (!awaited.compareAndSet(null, stream)) {
                stream.cancel();
            }
        }

        /** Looks once more: the library's own look may be over just before the cancellation, which then finds nothing. */
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            super.onSubscribe(subscription);
            if (isCancelled()) {
                subscription.cancel();
            }
        }

        @Override
        public void onItem(T item) {
            downstream.onItem(item);
        }

        @Override
        public void cancel() {
            super.cancel();
            Cancellable stream = awaited.getAndSet(LEFT);
            if (stream != null) {
                stream.cancel();
            }
        }
    }
}
