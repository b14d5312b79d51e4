package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.store.Journal.Fenced;
import java.sql.SQLException;

/** The write that begins a new epoch. */
record Claim(String instance) implements Work<Epoch> {
    @Override
    public Epoch with(SqliteSession session) throws SQLException {
        session.execute(
                "INSERT INTO epoch (instance, number) VALUES (?, 1) ON CONFLICT DO UPDATE SET number = number + 1",
                instance);
        return new Epoch(instance, newest(session, instance));
    }

    /** The newest epoch's number; 0 if there never was one. */
    static long newest(SqliteSession session, String instance) throws SQLException {
        return session.number("SELECT number FROM epoch WHERE instance = ?", instance);
    }

    /** @throws Fenced if a later epoch has begun, or this one never did */
    static void check(SqliteSession session, Epoch epoch) throws SQLException {
        if (epoch.number() != newest(session, epoch.instance())) {
            throw new Fenced(epoch);
        }
    }
}
