package dev.fleetrunner.async;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One reader. It reads a piece only when the subscriber has asked for more than it holds, and takes one turn on the
 * worker executor for each piece: who does not ask costs nothing, who asks for much lets the others have their turn.
 */
public final class Reading<T> implements Flow.Subscription, Runnable {
    private final Executor worker;
    private final Supplier<Pump<T>> pumps;
    private final Flow.Subscriber<? super T> subscriber;
    private final Queue<T> ready = new ArrayDeque<>();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger turns = new AtomicInteger();
    private final Runnable waiter = this::woken;
    private volatile boolean waiting;
    private volatile boolean cancelled;
    private volatile Throwable misuse;
    private Pump<T> pump;
    private boolean ended;
    private boolean closed;

    private Reading(Executor worker, Supplier<Pump<T>> pumps, Flow.Subscriber<? super T> subscriber) {
        this.worker = worker;
        this.pumps = pumps;
        this.subscriber = subscriber;
    }

    /** Readers of what pumps bring; each subscriber has a pump of its own, made at its first request. */
    public static <T> Flow.Publisher<T> of(Executor worker, Supplier<Pump<T>> pumps) {
        return subscriber -> subscriber.onSubscribe(new Reading<>(worker, pumps, subscriber));
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            misuse = new IllegalArgumentException("a subscriber must request more than 0");
        } else {
            demand.accumulateAndGet(count, (old, more) -> old + more < 0 ? Long.MAX_VALUE : old + more);
        }
        schedule();
    }

    @Override
    public void cancel() {
        cancelled = true;
        schedule();
    }

    private void woken() {
        waiting = false;
        schedule();
    }

    private void schedule() {
        if (turns.getAndIncrement() == 0) {
            execute();
        }
    }

    private void execute() {
        try {
            worker.execute(this);
        } catch (RejectedExecutionException shutDown) {
            fail(shutDown);
        }
    }

    @Override
    public void run() {
        int seen = turns.get();
        boolean again = !closed && turn();
        if (again || turns.addAndGet(-seen) != 0) {
            execute();
        }
    }

    /** One turn; returns whether another should follow without being asked for. */
    private boolean turn() {
        try {
            deliver();
            if (cancelled) {
                close();
                return false;
            }
            if (misuse != null) {
                fail(misuse);
                return false;
            }
            if (ended && ready.isEmpty()) {
                close();
                subscriber.onComplete();
                return false;
            }
            return ready.isEmpty() && !waiting && demand.get() > 0 && read();
        } catch (IOException | RuntimeException failure) {
            fail(failure);
            return false;
        }
    }

    private void deliver() {
        long asked = demand.get();
        long given = 0;
        while (given < asked && !cancelled && misuse == null && !ready.isEmpty()) {
            subscriber.onNext(ready.remove());
            given++;
        }
        if (asked != Long.MAX_VALUE) {
            demand.addAndGet(-given);
        }
    }

    private boolean read() throws IOException {
        if (pump == null) {
            pump = pumps.get();
        }
        Pump.Step step = pump.next(ready);
        ended = step == Pump.Step.END;
        if (step == Pump.Step.WAIT) {
            waiting = true;
            pump.await(waiter);
        }
        return step != Pump.Step.WAIT || !ready.isEmpty();
    }

    private void fail(Throwable failure) {
        boolean tell = !closed && !cancelled;
        close();
        if (tell) {
            subscriber.onError(failure);
        }
    }

    private void close() {
        closed = true;
        ready.clear();
        if (pump != null) {
            pump.close(waiter);
        }
    }
}
