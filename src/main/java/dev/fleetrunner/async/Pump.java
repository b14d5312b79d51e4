package dev.fleetrunner.async;

import java.io.IOException;
import java.util.Queue;

/** Brings a reader piece after piece. Called by one thread at a time, on the worker executor. */
public interface Pump<T> {
    enum Step {
        /** There may be more at once. */
        MORE,
        /** There is no more for now: {@link #await} tells when to ask again. */
        WAIT,
        /** That was all. */
        END
    }

    /** Adds the next piece, which may be empty. */
    Step next(Queue<T> out) throws IOException;

    /** Runs the waiter once, when there is more; for a pump that may say {@link Step#WAIT}. */
    default void await(Runnable waiter) {
        throw new IllegalStateException("it has an end");
    }

    /** Gives back what it holds, the place of a waiter included. */
    void close(Runnable waiter);
}
