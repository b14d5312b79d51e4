package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.Journal.StoredEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.Subscriptions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One subscription to the journal. It reads a batch when it is asked for events and has been told that there may be
 * some; however many were appended meanwhile, that is one bit. So a subscriber who asks for nothing costs nothing, and
 * what it has not seen yet waits in the database, not in memory.
 */
final class Follower implements Flow.Subscription {
    private final Source source;
    private final Flow.Subscriber<? super StoredEvent> subscriber;
    private final Executor worker;
    private final Runnable forget;

    private final AtomicLong demand = new AtomicLong();
    /** More may be there than was read. */
    private final AtomicBoolean stale = new AtomicBoolean(true);
    /** Counts calls of {@link #drain}; who raises it from 0 does the work for all, so that signals come one by one. */
    private final AtomicInteger calls = new AtomicInteger();

    private final AtomicReference<Batch> arrived = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean over;

    // What only the thread that drains touches.
    private final ArrayDeque<StoredEvent> ready = new ArrayDeque<>();
    private boolean reading;
    private boolean last;

    /** @param forget called when the subscription is over, however it ends; must bear being called twice */
    Follower(Source source, Flow.Subscriber<? super StoredEvent> subscriber, Executor worker, Runnable forget) {
        this.source = source;
        this.subscriber = subscriber;
        this.worker = worker;
        this.forget = forget;
    }

    /** Something was appended. Returns at once: the subscriber is never called on the thread that wakes. */
    void wake() {
        if (!stale.getAndSet(true)) {
            try {
                worker.execute(this::drain);
            } catch (RejectedExecutionException workerIsGone) {
                fail(Failures.closed());
            }
        }
    }

    void fail(Throwable because) {
        failure.compareAndSet(null, because);
        drain();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            fail(Subscriptions.getInvalidRequestException());
        } else {
            Subscriptions.add(demand, n);
            drain();
        }
    }

    @Override
    public void cancel() {
        end();
        drain();
    }

    private void drain() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            step();
            missed = calls.addAndGet(-missed);
        } while (missed != 0);
    }

    private void step() {
        takeArrived();
        while (!over && failure.get() == null && demand.get() > 0 && !ready.isEmpty()) {
            Subscriptions.produced(demand, 1);
            subscriber.onNext(ready.poll());
        }
        if (over) {
            ready.clear();
        } else if (failure.get() != null) {
            end();
            ready.clear();
            subscriber.onError(failure.get());
        } else if (ready.isEmpty() && last) {
            end();
            subscriber.onComplete();
        } else if (ready.isEmpty() && !reading && demand.get() > 0 && stale.getAndSet(false)) {
            reading = true;
            source.next().subscribe().with(this::arrive, this::fail);
        }
    }

    private void takeArrived() {
        Batch batch = arrived.getAndSet(null);
        if (batch != null) {
            reading = false;
            ready.addAll(batch.events());
            last = batch.last();
            if (!ready.isEmpty()) {
                // There may be more than the batch could hold.
                stale.set(true);
            }
        }
    }

    private void arrive(Batch batch) {
        arrived.set(batch);
        drain();
    }

    private void end() {
        if (!over) {
            over = true;
            forget.run();
        }
    }

    /** Where events come from; remembers how far it has read. */
    interface Source {
        Uni<Batch> next();
    }

    /** @param last whether nothing will ever follow */
    record Batch(List<StoredEvent> events, boolean last) {}
}
