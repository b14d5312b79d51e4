package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.EventCodec;
import dev.fleetrunner.store.Journal.Append;
import dev.fleetrunner.store.Journal.DuplicateKey;
import dev.fleetrunner.store.Journal.SequenceConflict;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.TaskEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The write of events of one task: checks, index, journal. */
final class AppendEvents implements Work<List<StoredEvent>> {
    private final Append append;
    private final List<Written> written;
    private final RecentEvents recent;
    private final Followers followers;

    /** An event and its JSON. */
    private record Written(TaskEvent event, String type, byte[] body) {}

    /**
     * Makes the JSON at once, on the caller's thread.
     *
     * @param recent keeps the events for those who read them soon
     * @param followers whom to tell once they are durable
     */
    AppendEvents(Append append, EventCodec codec, RecentEvents recent, Followers followers) {
        this.append = append;
        this.written = append.events().stream()
                .map(event -> new Written(event, codec.type(event), codec.write(event)))
                .toList();
        this.recent = recent;
        this.followers = followers;
    }

    @Override
    public List<StoredEvent> with(SqliteSession session) throws SQLException {
        Claim.check(session, append.epoch());
        String task = append.taskId();
        if (events(session, task) != append.expectedSequence()) {
            throw new SequenceConflict(task, append.expectedSequence());
        }
        RowWrites.put(session, append.row(), append.expectedSequence() > 0);
        List<StoredEvent> stored = new ArrayList<>();
        for (Written one : written) {
            stored.add(store(session, one, append.expectedSequence() + stored.size() + 1));
        }
        if (append.audit() != null) {
            AuditChain.append(session, append.epoch().instance(), append.audit(), false);
        }
        return stored;
    }

    private StoredEvent store(SqliteSession session, Written one, long sequence) throws SQLException {
        TaskEvent event = one.event();
        if (event instanceof TaskEvent.Submitted submitted && submitted.idempotencyKey() != null) {
            takeKey(session, submitted);
        }
        long position = session.number(
                "INSERT INTO event (task, sequence, at, type, body) VALUES (?, ?, ?, ?, ?) RETURNING position",
                append.taskId(),
                sequence,
                Nanos.of(event.at()),
                one.type(),
                one.body());
        return new StoredEvent(position, append.taskId(), sequence, event.at(), event);
    }

    @Override
    public void committed(List<StoredEvent> stored) {
        for (int i = 0; i < stored.size(); i++) {
            recent.add(stored.get(i), written.get(i).body().length);
        }
        followers.wake(append.taskId());
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
