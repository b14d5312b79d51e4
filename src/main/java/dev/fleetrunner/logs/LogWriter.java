package dev.fleetrunner.logs;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Writes the log of one running task. Methods may be called from any thread and never block it: all work is done on the
 * worker executor, one piece after the other.
 *
 * <p>Secrets are masked in front of {@link #append}, by a stage over the chunks: what arrives here is written as it is.
 */
public final class LogWriter {
    /** How long a part of a line is held back for the rest of it. */
    private static final long HOLD_MILLIS = 100;

    private final LogFile file;
    private final LogAppender appender;
    private final Lane lane;
    private final Executor later;
    private final Runnable released;
    private boolean ticking;
    private boolean closed;

    LogWriter(LogFile file, Executor worker, long cap, Runnable released) throws IOException {
        this.file = file;
        this.released = released;
        appender = new LogAppender(file, cap);
        lane = new Lane(worker);
        later = CompletableFuture.delayedExecutor(HOLD_MILLIS, TimeUnit.MILLISECONDS, lane);
    }

    /**
     * Writes a container's output as it arrives. The output is asked for more only when what came was written: at most
     * 16 chunks are on their way. Completes when the output has completed and all of it is written; parts of lines at
     * its end too. If the output fails or the subscription is cancelled, what had arrived is written all the same, so
     * that {@link #cursor} is exact.
     *
     * <p>Fails with the output's failure; with {@link UncheckedIOException} if the file cannot be written, and
     * then the output is cancelled.
     */
    public Uni<Void> append(Multi<LogChunk> output) {
        return Uni.createFrom().emitter(emitter -> {
            Intake intake = new Intake(this, lane, emitter);
            emitter.onTermination(intake::cancel);
            output.subscribe().withSubscriber(intake);
        });
    }

    /**
     * Records that output is missing at this place.
     *
     * @param bytes how many, or -1 if nobody knows
     */
    public Uni<Void> gap(GapReason reason, long bytes) {
        return inLane(() -> {
            open().gap(reason, bytes);
            return null;
        });
    }

    /** How much of the output is written by now; a takeover resumes behind it. */
    public LogCursor cursor() {
        return file.state().end().cursor();
    }

    /**
     * Ends the log: everything is written and durable, and readers come to the end. To be called when {@link #append}
     * has ended, however that was; safe twice. Fails with
     * {@link UncheckedIOException}; readers come to the end all the same, at the last whole record.
     */
    public Uni<LogInfo> seal() {
        return inLane(() -> {
            if (!closed) {
                closed = true;
                try {
                    appender.seal();
                } finally {
                    released.run();
                }
            }
            return LogInfo.of(file, appender.state());
        });
    }

    /**
     * Closes the file without ending the log, for a successor to go on from {@link #cursor}. Safe twice and after
     * {@link #seal}.
     */
    public Uni<Void> close() {
        return inLane(() -> {
            if (!closed) {
                closed = true;
                appender.close();
                released.run();
            }
            return null;
        });
    }

    /** Takes a chunk; in the lane. */
    void take(LogChunk chunk) {
        open().accept(chunk);
    }

    /** Writes what was taken, and sees to it that no part of a line is held for long; in the lane. */
    void settle() {
        open().flush();
        long held = appender.holding();
        if (held != 0 && !ticking) {
            ticking = true;
            later.execute(() -> tick(held));
        }
    }

    /** Writes everything that is held back; in the lane. */
    void end() {
        open().end();
    }

    private void tick(long held) {
        ticking = false;
        if (closed) {
            return;
        }
        try {
            if (appender.holding() == held) {
                appender.flushHeld();
            }
            settle();
        } catch (RuntimeException failure) {
            // the appender remembers that it is broken: the next chunk, or the seal, says so
            ticking = true;
        }
    }

    private LogAppender open() {
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
        return appender;
    }

    private <T> Uni<T> inLane(Work<T> work) {
        return Uni.createFrom()
                .emitter(emitter -> lane.execute(() -> {
                    try {
                        emitter.complete(work.run());
                    } catch (IOException failure) {
                        emitter.fail(new UncheckedIOException(failure));
                    } catch (RuntimeException failure) {
                        emitter.fail(failure);
                    }
                }));
    }

    private interface Work<T> {
        T run() throws IOException;
    }
}
