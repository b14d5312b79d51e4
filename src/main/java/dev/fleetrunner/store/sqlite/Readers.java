package dev.fleetrunner.store.sqlite;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** A few sessions that read; a read sees everything that was committed before it began. */
final class Readers implements AutoCloseable {
    private final List<SessionSlot> all;
    private final BlockingQueue<SessionSlot> idle;
    private final Lane lane;

    /** @param bound how many reads may wait; more are refused with {@code OVERLOADED} */
    Readers(SessionSlot.Opener opener, int sessions, Executor worker, int bound) {
        this.all =
                Stream.generate(() -> new SessionSlot(opener)).limit(sessions).toList();
        this.idle = new ArrayBlockingQueue<>(sessions, false, all);
        this.lane = new Lane(worker, sessions, bound, 1, jobs -> read(jobs.get(0)));
    }

    <T> Uni<T> read(Work<T> work) {
        return lane.submit(work);
    }

    @Override
    public void close() {
        lane.close();
        all.forEach(SessionSlot::close);
    }

    private <T> Runnable read(Job<T> job) {
        // The lane has as many places as there are slots, so one is idle.
        SessionSlot slot = idle.remove();
        try {
            return job.answer(slot.use(job.work()));
        } catch (SQLException e) {
            return () -> job.caller().fail(Failures.of(e));
        } catch (RuntimeException | Error e) {
            return () -> job.caller().fail(e);
        } finally {
            idle.add(slot);
        }
    }
}
