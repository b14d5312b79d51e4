package dev.fleetrunner.logs;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks one after the other, in the order of their arrival, on threads of a worker executor. Tasks must not throw. */
final class Lane implements Executor {
    private final Executor worker;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    Lane(Executor worker) {
        this.worker = worker;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (open.getAndIncrement() == 0) {
            worker.execute(this::drain);
        }
    }

    private void drain() {
        int count = open.get();
        for (int i = 0; i < count; i++) {
            tasks.remove().run();
        }
        if (open.addAndGet(-count) != 0) {
            goOn();
        }
    }

    /** In a turn of its own, so that other work has its turn too. */
    private void goOn() {
        try {
            worker.execute(this::drain);
        } catch (RejectedExecutionException shuttingDown) {
            drain();
        }
    }
}
