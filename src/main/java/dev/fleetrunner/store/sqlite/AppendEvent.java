package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.Journal.Append;
import dev.fleetrunner.store.Journal.DuplicateKey;
import dev.fleetrunner.store.Journal.SequenceConflict;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.TaskEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The write of one event: checks, index, journal.
 *
 * @param type the event's type
 * @param body the event as JSON
 * @param recent keeps it for those who read it soon
 * @param appended whom to tell once it is durable
 */
record AppendEvent(Append append, String type, byte[] body, RecentEvents recent, Followers appended)
        implements Work<StoredEvent> {

    @Override
    public StoredEvent with(SqliteSession session) throws SQLException {
        Claim.check(session, append.epoch());
        String task = append.taskId();
        if (events(session, task) != append.expectedSequence()) {
            throw new SequenceConflict(task, append.expectedSequence());
        }
        RowWrites.put(session, append.row(), append.expectedSequence() > 0);
        if (append.event() instanceof TaskEvent.Submitted submitted && submitted.idempotencyKey() != null) {
            takeKey(session, submitted);
        }
        TaskEvent event = append.event();
        long sequence = append.expectedSequence() + 1;
        long position = session.number(
                "INSERT INTO event (task, sequence, at, type, body) VALUES (?, ?, ?, ?, ?) RETURNING position",
                task,
                sequence,
                Nanos.of(event.at()),
                type,
                body);
        return new StoredEvent(position, task, sequence, event.at(), event);
    }

    @Override
    public void committed(StoredEvent stored) {
        recent.add(stored, body.length);
        appended.wake(append.taskId());
    }

    private static long events(SqliteSession session, String task) throws SQLException {
        return session.query(
                "SELECT COALESCE(MAX(sequence), 0) FROM event WHERE task = ?", List.of(task), rows -> rows.getLong(1));
    }

    private void takeKey(SqliteSession session, TaskEvent.Submitted submitted) throws SQLException {
        Optional<String> first = TakenKey.find(session, submitted.owner(), submitted.idempotencyKey());
        if (first.isPresent()) {
            throw new DuplicateKey(first.get());
        }
        TakenKey.put(session, submitted.owner(), submitted.idempotencyKey(), append.taskId());
    }
}
