package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.EventCodec;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.store.TokenStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The embedded store: journal, index, audit and tokens in one SQLite file. */
public final class SqliteStore implements Journal, TaskIndex, AutoCloseable {
    /** How many appends, and how many reads, may wait before more are refused with {@code OVERLOADED}. */
    public static final int WAITING = 20_000;

    private static final int READ_SESSIONS = 4;

    private final EventCodec codec;
    private final Writer writer;
    private final Readers readers;
    private final RecentEvents recent = new RecentEvents();
    private final EventReads events;
    private final Followers followers = new Followers();
    private final Following following;

    /**
     * Opens the file, makes it if there is none, and brings it to the newest schema. Blocks until that is done.
     *
     * @param file the database; SQLite keeps a {@code -wal} and a {@code -shm} file beside it
     * @param codec how events are written
     * @param worker where all blocking work is done from now on; must outlive the store
     * @throws StoreUnavailable if the file cannot be made, is not a database, or was written by a later release
     */
    public SqliteStore(Path file, EventCodec codec, Executor worker) {
        SqliteFile database = new SqliteFile(file);
        database.create();
        Migrations.run(database.dataSource());
        this.codec = codec;
        this.writer = new Writer(new SessionSlot(database::openForWriting), worker, WAITING);
        this.readers = new Readers(database::openForReading, READ_SESSIONS, worker, WAITING);
        this.events = new EventReads(codec, recent);
        this.following = new Following(readers, events, followers, worker);
    }

    @Override
    public Uni<Epoch> claim(String instance) {
        return writer.write(new Claim(instance));
    }

    @Override
    public Uni<StoredEvent> append(Append append) {
        return Uni.createFrom().deferred(() -> {
            if (!append.taskId().equals(append.row().id())) {
                throw new IllegalArgumentException("the row is of another task than the event");
            }
            return writer.write(new AppendEvents(append, codec, recent, followers))
                    .map(stored -> stored.get(stored.size() - 1));
        });
    }

    @Override
    public Uni<Boolean> forget(Epoch epoch, String taskId) {
        return writer.write(new Forget(epoch, taskId));
    }

    @Override
    public Uni<List<StoredEvent>> history(String taskId) {
        return readers.read(events.ofTask(taskId, 0, Integer.MAX_VALUE));
    }

    @Override
    public Uni<List<StoredEvent>> after(long position, int limit) {
        return readers.read(events.after(position, limit));
    }

    @Override
    public Multi<StoredEvent> follow(long afterPosition) {
        return following.all(afterPosition);
    }

    @Override
    public Multi<StoredEvent> follow(String taskId, long afterSequence) {
        return following.task(taskId, afterSequence);
    }

    @Override
    public Uni<Optional<TaskRow>> get(String taskId) {
        return readers.read(
                session -> session.query(RowReads.SELECT.formatted("?"), List.of(taskId), RowReads::read).stream()
                        .findFirst());
    }

    @Override
    public Uni<Optional<String>> taskOfKey(String owner, String key) {
        return readers.read(session -> TakenKey.find(session, owner, key));
    }

    @Override
    public Uni<Page> find(TaskQuery query) {
        return readers.read(new FindPage(query));
    }

    @Override
    public Uni<OverPage> over(String cursor, int limit) {
        return readers.read(new FindOver(cursor, limit));
    }

    @Override
    public Uni<Map<TaskStatus, Long>> counts(TaskQuery query) {
        return readers.read(CountTasks.that(query));
    }

    @Override
    public Uni<Map<TaskStatus, Long>> endedSince(String owner, Instant since) {
        return readers.read(CountTasks.endedSince(owner, since));
    }

    /** The audit in the same file, closed with the store. */
    public AuditStore audit() {
        return new SqliteAudit(writer, readers);
    }

    /** The tokens, in the same file. */
    public TokenStore tokens() {
        return new SqliteTokens(writer, readers);
    }

    /** How many streams are being followed. */
    public int followed() {
        return followers.count();
    }

    /**
     * Waits for what is being read and written, refuses what still waits, ends the streams that follow with
     * {@link StoreUnavailable}, and lets go of the file. Safe to call twice.
     */
    @Override
    public void close() {
        writer.close();
        readers.close();
        followers.close();
    }
}
