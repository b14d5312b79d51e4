package dev.fleetrunner.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A connection and its prepared statements, the most recently used of which stay prepared. For one thread at a time. */
final class SqliteSession implements AutoCloseable {
    private static final int PREPARED = 64;
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(PREPARED, 0.75f, true);

    SqliteSession(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement and returns how many rows it changed. */
    int execute(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = bound(sql, List.of());
        bind(statement, parameters);
        statement.execute();
        return statement.getUpdateCount();
    }

    /** Runs a query and hands its rows over; they are closed when the reader returns. */
    <T> T query(String sql, List<?> parameters, RowsReader<T> reader) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            return reader.read(rows);
        }
    }

    /** The first column of a query's only row; 0 if there is no row. */
    long number(String sql, Object... parameters) throws SQLException {
        return query(sql, List.of(parameters), rows -> rows.next() ? rows.getLong(1) : 0);
    }

    /** Closes the connection and with it its statements; a transaction that is open is rolled back. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement bound(String sql, List<?> parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
            forgetEldest();
        }
        bind(statement, parameters.toArray());
        return statement;
    }

    private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private void forgetEldest() throws SQLException {
        if (prepared.size() > PREPARED) {
            var eldest = prepared.entrySet().iterator().next();
            prepared.remove(eldest.getKey());
            eldest.getValue().close();
        }
    }

    /** What is made of the rows of a query. */
    interface RowsReader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
