package dev.fleetrunner.artifact;

import dev.fleetrunner.async.Reading;
import dev.fleetrunner.files.TaskDirectories;
import dev.fleetrunner.files.TaskFiles;
import dev.fleetrunner.files.Worker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What tasks left behind, in files below a directory. Every method may be called from any thread and, but for {@link
 * #open}, blocks none; all work is done on the worker executor. A string that can be no task id is refused with {@link IllegalArgumentException}
 * before anything is touched; a task of which nothing is kept has no files. Where the own disk fails, the result fails
 * with {@link UncheckedIOException}, a reader with {@link IOException}.
 *
 * <p>Paths of files are those in the container without the leading slash. Readers honour demand: one that waits holds no
 * thread, and one file handle if it has begun; cancelling gives it back.
 */
public final class ArtifactStore {
    private final TaskDirectories directories;
    private final Worker worker;
    private final Limits limits;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /**
     * @param root where the artifacts are; made when needed
     * @param worker for everything that touches a file
     * @param limits of each task
     */
    public ArtifactStore(Path root, Executor worker, Limits limits) {
        directories = new TaskDirectories(root);
        this.worker = new Worker(worker);
        this.limits = limits;
    }

    /**
     * Collects what the declared paths name. Whatever the container gives ends in notes: what is missing, cannot be read,
     * is damaged, is no regular file or is too much. All that is collected appears at once and durably; until then there
     * is nothing, and if it was there already the container is not asked again. Cancelling leaves nothing.
     *
     * <p>Fails with {@link IllegalStateException} while the same task is being collected or deleted.
     *
     * @param declared as {@link ArtifactPattern} reads them
     * @param archive the tar of an absolute path, its first entry being the path itself, as the engines' archive call gives
     *     it; it is asked for one path after the other, taken piece by piece, and cancelled when there is too much
     * @param absent whether a failure of it means that nothing is at the path
     */
    public Uni<Collected> collect(
            String taskId,
            List<String> declared,
            Function<String, Multi<Buffer>> archive,
            Predicate<Throwable> absent) {
        KeptDirectory directory = directory(taskId);
        return Uni.createFrom().deferred(() -> {
            claim(taskId);
            Collecting collecting = new Collecting(directory, limits, worker, declared);
            Worker.Work<Void> release = () -> {
                if (collecting.close()) {
                    busy.remove(taskId);
                }
                return null;
            };
            return worker.run(directory::load)
                    .onItem()
                    .transformToUni(found ->
                            found.isPresent() ? Uni.createFrom().item(found.get()) : collecting.run(archive, absent))
                    .eventually(() -> worker.run(release))
                    .onCancellation()
                    .invoke(() -> worker.run(release).subscribe().with(done -> {}, failure -> {}));
        });
    }

    private void claim(String taskId) {
        if (!busy.add(taskId)) {
            throw new IllegalStateException("the artifacts of task " + taskId + " are being collected or deleted");
        }
    }

    /** All files of a task, in the order of their paths' bytes. */
    public Uni<List<ArtifactFile>> list(String taskId) {
        return worker.run(directory(taskId)::files);
    }

    /** What is known of one file. */
    public Uni<Optional<ArtifactFile>> file(String taskId, String path) {
        KeptDirectory directory = directory(taskId);
        return worker.run(() -> directory.find(path));
    }

    /**
     * A range of a file in pieces of 64 KiB. Fails with {@link NoSuchFileException} if there is no such file.
     *
     * @param offset in bytes; there is nothing behind the end
     * @param length in bytes; may reach over the end
     */
    public Multi<Buffer> read(String taskId, String path, long offset, long length) {
        KeptDirectory directory = directory(taskId);
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("offset and length must be at least 0");
        }
        return Multi.createFrom()
                .publisher(Reading.of(worker.executor(), () -> new RangePump(directory, path, offset, length)));
    }

    /**
     * Opens the whole of a file that {@link #collect} or {@link #list} gave. The one method that blocks, and so does the
     * stream: for a caller that is on a worker.
     *
     * @throws IOException if it is gone or cannot be read
     */
    public InputStream open(String taskId, ArtifactFile file) throws IOException {
        return new ContentStream(FileChannel.open(directory(taskId).content()), file);
    }

    /**
     * All files as a zip, made as it is read, the same bytes each time. Names are paths in which control and formatting
     * characters and backslashes have become {@code _}; where that makes two names one, a number is added.
     */
    public Multi<Buffer> zip(String taskId) {
        KeptDirectory directory = directory(taskId);
        return Multi.createFrom().publisher(Reading.of(worker.executor(), () -> new ZipPump(directory)));
    }

    /** Removes what is kept of a task; nothing happens if there is nothing. Fails as {@link #collect} does while busy. */
    public Uni<Void> delete(String taskId) {
        KeptDirectory directory = directory(taskId);
        return worker.run(() -> {
            claim(taskId);
            try {
                directory.fresh().delete();
                directory.delete();
            } finally {
                busy.remove(taskId);
            }
            return null;
        });
    }

    /** As {@link #delete}; gives false, and leaves everything, while the task is busy. Completes with true otherwise. */
    public Uni<Boolean> deleteUnused(String taskId) {
        return delete(taskId)
                .replaceWith(true)
                .onFailure(IllegalStateException.class)
                .recoverWithItem(false);
    }

    /** What all tasks left behind takes, in no order, as it is asked for; half collected ones count too. */
    public Multi<TaskFiles> kept() {
        return directories.walk(worker.executor());
    }

    private KeptDirectory directory(String taskId) {
        return new KeptDirectory(directories.of(taskId));
    }
}
