package dev.fleetrunner.store.sqlite;

import java.sql.SQLException;

/** Something to be done with a session, on a worker thread. */
interface Work<T> {

    /** Does it. A runtime exception is the answer to the caller; an SQL exception is trouble with the store. */
    T with(SqliteSession session) throws SQLException;

    /** Called once what it wrote is durable, whether or not anybody still waits for the answer. */
    default void committed(T result) {}
}
