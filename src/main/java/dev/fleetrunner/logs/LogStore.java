package dev.fleetrunner.logs;

import dev.fleetrunner.async.Reading;
import dev.fleetrunner.files.TaskDirectories;
import dev.fleetrunner.files.TaskFiles;
import dev.fleetrunner.files.Worker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * All logs, in files below a directory: {@code <last two characters of the id>/<id>/log.ndjson}. Every method may be
 * called from any thread and blocks none; all work is done on the worker executor.
 *
 * <p>A task id that is not made of 1 to 64 letters, digits, {@code _} and {@code -} is refused by every method with
 * {@link IllegalArgumentException}, before anything is touched. Readers honour demand and cost nobody else anything; one
 * that waits holds no file and no thread. A log that nobody has begun reads as an empty one; whoever reads a log that is
 * deleted comes to the end. A file that cannot be read fails the reader with {@link IOException}.
 */
public final class LogStore {
    private final Executor worker;
    private final Worker work;
    private final long capBytes;
    private final Shelf shelf;
    private final Set<String> writing = ConcurrentHashMap.newKeySet();

    /**
     * @param root where the logs are; made when needed
     * @param worker for everything that touches a file
     * @param capBytes how much of a task's output is kept, both streams together
     */
    public LogStore(Path root, Executor worker, long capBytes) {
        this.worker = worker;
        this.work = new Worker(worker);
        this.capBytes = capBytes;
        shelf = new Shelf(root, worker);
    }

    /**
     * Begins the log of a task, or goes on with one that was not sealed: a torn last record is cut off, and
     * {@link LogWriter#cursor} tells from where on the output is needed again.
     *
     * <p>Fails with {@link IllegalStateException} if the log is sealed or has a writer, with
     * {@link UncheckedIOException} if its file cannot be opened.
     */
    public Uni<LogWriter> open(String taskId) {
        TaskDirectories.checked(taskId);
        return work.run(() -> begin(taskId));
    }

    private LogWriter begin(String taskId) throws IOException {
        if (!writing.add(taskId)) {
            throw new IllegalStateException("the log of task " + taskId + " has a writer");
        }
        LogFile file = shelf.take(taskId);
        Runnable release = () -> {
            shelf.giveBack(taskId, file);
            writing.remove(taskId);
        };
        try {
            if (file.load().sealed()) {
                throw new IllegalStateException("the log of task " + taskId + " is sealed");
            }
            return new LogWriter(file, worker, capBytes, release);
        } catch (IOException | RuntimeException failure) {
            release.run();
            throw failure;
        }
    }

    /** The records that are there now. */
    public Multi<LogRecord> read(String taskId, LogQuery query) {
        return records(TaskDirectories.checked(taskId), query, false);
    }

    /** The records that are there and every further one as it is written; completes when the log is sealed. */
    public Multi<LogRecord> follow(String taskId, LogQuery query) {
        return records(TaskDirectories.checked(taskId), query, true);
    }

    /** As {@link #read}, in the bytes of the file. */
    public Multi<LogLines> readLines(String taskId, LogQuery query) {
        return lines(TaskDirectories.checked(taskId), query, false);
    }

    /** As {@link #follow}, in the bytes of the file. */
    public Multi<LogLines> followLines(String taskId, LogQuery query) {
        return lines(TaskDirectories.checked(taskId), query, true);
    }

    /**
     * A range of the plain text, exactly what the command wrote, as far as it is there now; in pieces of about 128 KiB.
     * How much there is: {@link #info}.
     *
     * @param stream only this one; null for both, in the order of arrival
     * @param offset in bytes of this text
     * @param length in bytes; may reach over the end
     */
    public Multi<byte[]> plain(String taskId, LogStream stream, long offset, long length) {
        TaskDirectories.checked(taskId);
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("offset and length must be at least 0");
        }
        return Multi.createFrom()
                .publisher(Reading.of(worker, () -> new PlainPump(shelf, taskId, stream, offset, length)));
    }

    /** What there is to say about a log. */
    public Uni<LogInfo> info(String taskId) {
        TaskDirectories.checked(taskId);
        return work.run(() -> {
            LogFile file = shelf.take(taskId);
            try {
                return LogInfo.of(file, file.load());
            } finally {
                shelf.giveBack(taskId, file);
            }
        });
    }

    /**
     * Removes a log; nothing happens if there is none. Fails with {@link IllegalStateException} while it has a writer.
     */
    public Uni<Void> delete(String taskId) {
        TaskDirectories.checked(taskId);
        return work.run(() -> {
            if (!writing.add(taskId)) {
                throw new IllegalStateException("the log of task " + taskId + " has a writer");
            }
            try {
                shelf.take(taskId).delete();
            } finally {
                shelf.forget(taskId);
                writing.remove(taskId);
            }
            return null;
        });
    }

    /**
     * Removes a log that nobody writes or reads; gives false, and leaves it, if somebody does. Completes with true if
     * there is none.
     */
    public Uni<Boolean> deleteUnused(String taskId) {
        TaskDirectories.checked(taskId);
        return work.run(() -> {
            if (!writing.add(taskId)) {
                return false;
            }
            try {
                return deleteAlone(taskId);
            } finally {
                writing.remove(taskId);
            }
        });
    }

    private boolean deleteAlone(String taskId) throws IOException {
        Optional<LogFile> alone = shelf.takeAlone(taskId);
        if (alone.isEmpty()) {
            return false;
        }
        try {
            alone.get().delete();
        } finally {
            shelf.forget(taskId);
        }
        return true;
    }

    /** What all logs take, in no order, as it is asked for; what is being written may or may not be in it. */
    public Multi<TaskFiles> kept() {
        return shelf.directories().walk(worker);
    }

    /** How many logs are in use now. */
    int inUse() {
        return shelf.size();
    }

    /** How many readers wait for more of a log. */
    int waiting(String taskId) {
        LogFile file = shelf.take(taskId);
        try {
            return file.waiters();
        } finally {
            shelf.giveBack(taskId, file);
        }
    }

    private Multi<LogRecord> records(String taskId, LogQuery query, boolean follow) {
        return Multi.createFrom()
                .publisher(Reading.of(worker, () -> new QueryPump<>(shelf, taskId, query, follow, Shape.records())));
    }

    private Multi<LogLines> lines(String taskId, LogQuery query, boolean follow) {
        return Multi.createFrom()
                .publisher(Reading.of(worker, () -> new QueryPump<>(shelf, taskId, query, follow, Shape.lines())));
    }
}
