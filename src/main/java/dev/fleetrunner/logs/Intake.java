package dev.fleetrunner.logs;

import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes a container's output to the writer: on the source's thread it only queues, and asks for more when that is written. */
final class Intake implements Flow.Subscriber<LogChunk> {
    private static final int WINDOW = 16;

    private final LogWriter writer;
    private final Lane lane;
    private final UniEmitter<? super Void> emitter;
    private final Queue<LogChunk> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile Flow.Subscription source;
    private volatile boolean cancelled;
    private boolean over;

    Intake(LogWriter writer, Lane lane, UniEmitter<? super Void> emitter) {
        this.writer = writer;
        this.lane = lane;
        this.emitter = emitter;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        if (cancelled) {
            subscription.cancel();
        } else {
            subscription.request(WINDOW);
        }
    }

    @Override
    public void onNext(LogChunk chunk) {
        arrived.add(chunk);
        if (scheduled.compareAndSet(false, true)) {
            lane.execute(this::write);
        }
    }

    @Override
    public void onError(Throwable failure) {
        lane.execute(() -> finish(failure));
    }

    @Override
    public void onComplete() {
        lane.execute(() -> finish(null));
    }

    /** Nobody waits for the end any more, or it has come. */
    void cancel() {
        cancelled = true;
        if (source != null) {
            source.cancel();
        }
        lane.execute(() -> finish(new CancellationException()));
    }

    private void write() {
        scheduled.set(false);
        if (over) {
            return;
        }
        try {
            int count = 0;
            for (LogChunk chunk = arrived.poll(); chunk != null; chunk = arrived.poll()) {
                writer.take(chunk);
                count++;
            }
            writer.settle();
            if (count > 0 && !cancelled) {
                source.request(count);
            }
        } catch (RuntimeException failure) {
            over = true;
            source.cancel();
            emitter.fail(failure);
        }
    }

    private void finish(Throwable failure) {
        write();
        if (over) {
            return;
        }
        over = true;
        try {
            writer.end();
        } catch (RuntimeException broken) {
            emitter.fail(broken);
            return;
        }
        if (failure == null) {
            emitter.complete(null);
        } else {
            emitter.fail(failure);
        }
    }
}
