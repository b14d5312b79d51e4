package dev.fleetrunner.store.sqlite;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The only one who writes. A sync to disk costs milliseconds however much it carries, so all writes that wait are
 * committed together, each behind its own savepoint: one that is refused takes nothing of the others along.
 */
final class Writer implements AutoCloseable {
    private static final int MOST_AT_ONCE = 1000;
    private final SessionSlot slot;
    private final Lane lane;

    /** @param bound how many writes may wait; more are refused with {@code OVERLOADED} */
    Writer(SessionSlot slot, Executor worker, int bound) {
        this.slot = slot;
        this.lane = new Lane(worker, 1, bound, MOST_AT_ONCE, this::commit);
    }

    /** Completes when the write is durable. */
    <T> Uni<T> write(Work<T> work) {
        return lane.submit(work);
    }

    @Override
    public void close() {
        lane.close();
        slot.close();
    }

    private Runnable commit(List<Job<?>> jobs) {
        try {
            List<Runnable> answers = slot.use(session -> inOneTransaction(session, jobs));
            return () -> answers.forEach(Runnable::run);
        } catch (SQLException e) {
            return refusal(jobs, Failures.of(e));
        } catch (RuntimeException | Error e) {
            return refusal(jobs, e);
        }
    }

    private static List<Runnable> inOneTransaction(SqliteSession session, List<Job<?>> jobs) throws SQLException {
        session.execute("BEGIN IMMEDIATE");
        List<Runnable> answers = new ArrayList<>(jobs.size());
        for (Job<?> job : jobs) {
            answers.add(attempt(session, job));
        }
        session.execute("COMMIT");
        return answers;
    }

    private static <T> Runnable attempt(SqliteSession session, Job<T> job) throws SQLException {
        session.execute("SAVEPOINT job");
        try {
            T result = job.work().with(session);
            session.execute("RELEASE job");
            return job.answer(result);
        } catch (SQLException e) {
            if (!Failures.ofTheValues(e)) {
                throw e;
            }
            return undone(session, job, Failures.of(e));
        } catch (RuntimeException e) {
            return undone(session, job, e);
        }
    }

    private static Runnable undone(SqliteSession session, Job<?> job, RuntimeException because) throws SQLException {
        session.execute("ROLLBACK TO job");
        session.execute("RELEASE job");
        return () -> job.caller().fail(because);
    }

    private static Runnable refusal(List<Job<?>> jobs, Throwable because) {
        return () -> jobs.forEach(job -> job.caller().fail(because));
    }
}
