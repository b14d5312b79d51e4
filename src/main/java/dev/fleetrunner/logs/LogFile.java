package dev.fleetrunner.logs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One task's log as its writer and its readers share it: where it is, how far it has come, who waits for more. Methods
 * that touch files belong on the worker executor.
 */
final class LogFile {
    private final Path dir;
    private final Executor worker;
    private final SparseIndex index = new SparseIndex();
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile LogState state;

    LogFile(Path dir, Executor worker) {
        this.dir = dir;
        this.worker = worker;
    }

    /** The records, one JSON object a line. */
    Path path() {
        return dir.resolve("log.ndjson");
    }

    private Path sidecar() {
        return dir.resolve("log.index");
    }

    /** Is there when the log is sealed: the index alone may be lost and made anew. */
    private Path mark() {
        return dir.resolve("log.sealed");
    }

    SparseIndex index() {
        return index;
    }

    /** The state, found out from the files at the first call; that of a log that nobody began is empty. */
    LogState load() throws IOException {
        LogState known = state;
        return known != null ? known : loadOnce();
    }

    /** The state, after the first {@link #load}. */
    LogState state() {
        return state;
    }

    private synchronized LogState loadOnce() throws IOException {
        if (state == null) {
            state = Files.isRegularFile(path()) ? fromFiles() : LogState.EMPTY;
        }
        return state;
    }

    private LogState fromFiles() throws IOException {
        boolean sealed = Files.exists(mark());
        if (sealed) {
            var indexed = Sidecar.read(sidecar(), Files.size(path()), index);
            if (indexed.isPresent()) {
                return indexed.get();
            }
        }
        LogState scanned = LogScan.scan(path(), index);
        return sealed ? scanned.asSealed() : scanned;
    }

    /** Opens the file for the writer, at its end; a torn last record is cut off. */
    FileChannel openForWriting() throws IOException {
        LogState found = load();
        Files.createDirectories(dir);
        FileChannel channel = FileChannel.open(path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        index.truncate(found.end().fileBytes());
        channel.truncate(found.end().fileBytes());
        channel.position(found.end().fileBytes());
        return channel;
    }

    /** Tells that the log has come further; called by its writer alone. */
    void publish(LogState next) {
        boolean more = next.tellsMoreThan(state);
        state = next;
        if (more && !waiting.isEmpty() && waking.compareAndSet(false, true)) {
            worker.execute(this::wake);
        }
    }

    private void wake() {
        waking.set(false);
        for (Runnable waiter : waiting) {
            if (waiting.remove(waiter)) {
                waiter.run();
            }
        }
    }

    /** Runs the waiter once, as soon as there is more than what was seen; it may be at once. */
    void await(LogState seen, Runnable waiter) {
        waiting.add(waiter);
        if (state.tellsMoreThan(seen) && waiting.remove(waiter)) {
            waiter.run();
        }
    }

    void forget(Runnable waiter) {
        waiting.remove(waiter);
    }

    int waiters() {
        return waiting.size();
    }

    /** Makes the seal durable: index first, mark last. */
    void writeSeal() throws IOException {
        Sidecar.write(sidecar(), state, index);
        try (FileChannel mark = FileChannel.open(mark(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            mark.force(true);
        }
        try (FileChannel entries = FileChannel.open(dir, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** Removes the files; whoever still reads comes to the end. */
    void delete() throws IOException {
        load();
        if (Files.isDirectory(dir)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(dir);
        }
        publish(LogState.EMPTY.asSealed());
    }
}
