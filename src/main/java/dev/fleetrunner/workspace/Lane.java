package dev.fleetrunner.workspace;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A few of a worker's threads for long work, so that the others stay free for short work; what is too much waits. */
final class Lane implements Executor {
    private final Executor worker;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Lane(Executor worker, int width) {
        this.worker = worker;
        free = width;
    }

    @Override
    public void execute(Runnable work) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(work);
                return;
            }
            free--;
        }
        hand(work);
    }

    private void hand(Runnable work) {
        try {
            worker.execute(() -> {
                try {
                    work.run();
                } finally {
                    next();
                }
            });
        } catch (RuntimeException shutDown) {
            next();
            throw shutDown;
        }
    }

    private void next() {
        Runnable following;
        synchronized (this) {
            following = waiting.poll();
            if (following == null) {
                free++;
                return;
            }
        }
        hand(following);
    }
}
