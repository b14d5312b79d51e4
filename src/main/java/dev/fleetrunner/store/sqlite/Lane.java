package dev.fleetrunner.store.sqlite;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Jobs that wait, in order and up to a bound, for one of a few places on the worker. A place takes what waits, up to a
 * batch; answers are given after the place is free again, so that a caller who dawdles over one does not hold up the next batch.
 */
final class Lane implements AutoCloseable {
    private final Executor worker;
    private final int places;
    private final int bound;
    private final int batch;
    private final Function<List<Job<?>>, Runnable> run;
    private final LinkedBlockingQueue<Job<?>> waiting;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean closed;

    /**
     * @param places how many batches may run at once
     * @param bound how many jobs may wait
     * @param batch the most jobs of one run
     * @param run does the jobs, never throws, and returns what gives the answers
     */
    Lane(Executor worker, int places, int bound, int batch, Function<List<Job<?>>, Runnable> run) {
        this.worker = worker;
        this.places = places;
        this.bound = bound;
        this.batch = batch;
        this.run = run;
        this.waiting = new LinkedBlockingQueue<>(bound);
    }

    <T> Uni<T> submit(Work<T> work) {
        return Uni.createFrom().emitter(caller -> {
            if (closed) {
                caller.fail(Failures.closed());
            } else if (waiting.offer(new Job<>(work, caller))) {
                go();
            } else {
                caller.fail(Failures.overloaded(bound));
            }
        });
    }

    /** Refuses what waits and what is still to come; does not wait for what runs. */
    @Override
    public void close() {
        closed = true;
        refuseWaiting();
    }

    private void go() {
        if (closed) {
            refuseWaiting();
        } else if (!waiting.isEmpty() && takePlace()) {
            try {
                worker.execute(this::runBatch);
            } catch (RejectedExecutionException workerIsGone) {
                taken.decrementAndGet();
                refuseWaiting();
            }
        }
    }

    private boolean takePlace() {
        return taken.getAndUpdate(n -> n < places ? n + 1 : n) < places;
    }

    private void runBatch() {
        List<Job<?>> jobs = new ArrayList<>();
        waiting.drainTo(jobs, batch);
        Runnable answers = jobs.isEmpty() ? () -> {} : run.apply(jobs);
        taken.decrementAndGet();
        go();
        answers.run();
    }

    private void refuseWaiting() {
        for (Job<?> job = waiting.poll(); job != null; job = waiting.poll()) {
            job.caller().fail(Failures.closed());
        }
    }
}
