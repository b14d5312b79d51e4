package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.EventCodec;
import dev.fleetrunner.store.Journal.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads of the journal. */
record EventReads(EventCodec codec, RecentEvents recent) {
    private static final String SELECT = "SELECT position, task, sequence, at, type, body FROM event ";

    /** The events of one task after a sequence number, in order. */
    Work<List<StoredEvent>> ofTask(String taskId, long afterSequence, int limit) {
        return session -> session.query(
                SELECT + "WHERE task = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                List.of(taskId, afterSequence, limit),
                this::events);
    }

    /** The events of all tasks after a position, in order. */
    Work<List<StoredEvent>> after(long position, int limit) {
        return session -> session.query(
                SELECT + "WHERE position > ? ORDER BY position LIMIT ?", List.of(position, limit), this::events);
    }

    /** The newest event of a task, in a list that is empty if there is none. */
    Work<List<StoredEvent>> newest(String taskId) {
        return session ->
                session.query(SELECT + "WHERE task = ? ORDER BY sequence DESC LIMIT 1", List.of(taskId), this::events);
    }

    private List<StoredEvent> events(ResultSet rows) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        while (rows.next()) {
            StoredEvent known = recent.at(rows.getLong("position"));
            events.add(known == null ? event(rows) : known);
        }
        return events;
    }

    private StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong("position"),
                row.getString("task"),
                row.getLong("sequence"),
                Nanos.instant(row.getLong("at")),
                codec.read(row.getString("type"), row.getBytes("body")));
    }
}
