package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.StoreUnavailable;
import java.sql.SQLException;

/**
 * A place for one session: opened when it is first needed, thrown away after a failure so that the next use starts
 * afresh, and not to be opened again once closed.
 */
final class SessionSlot implements AutoCloseable {
    private final Opener opener;
    private SqliteSession session;
    private boolean closed;

    SessionSlot(Opener opener) {
        this.opener = opener;
    }

    /** Does work with the session; blocks while another thread does. */
    synchronized <T> T use(Work<T> work) throws SQLException {
        if (closed) {
            throw Failures.closed();
        }
        if (session == null) {
            session = opener.open();
        }
        try {
            return work.with(session);
        } catch (SQLException | Error failed) {
            discard(failed);
            throw failed;
        }
    }

    /** Waits for the work that is being done, then closes the session. Safe to call twice. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException e) {
            throw new StoreUnavailable(StoreUnavailable.Reason.IO, "cannot close the store: " + e.getMessage(), e);
        } finally {
            session = null;
        }
    }

    private void discard(Throwable because) {
        SqliteSession broken = session;
        session = null;
        try {
            broken.close();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /** Where sessions come from. */
    interface Opener {
        SqliteSession open() throws SQLException;
    }
}
