package dev.fleetrunner.pipeline.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.app.StoreCodec;
import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.artifact.Limits;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.files.TaskDirectories;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.logs.LogWriter;
import dev.fleetrunner.pipeline.retention.Retention.Shelved;
import dev.fleetrunner.store.Appending;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.store.sqlite.SqliteStore;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Real stores in a directory, and tasks of any age in them. */
abstract class WithStores {
    static final Duration SOON = Duration.ofSeconds(60);
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Rule NONE = new Rule(Duration.ZERO, 0, 0);

    @TempDir
    Path directory;

    final SetClock clock = new SetClock(NOON);
    ExecutorService worker;
    SqliteStore store;
    LogStore logs;
    ArtifactStore artifacts;
    Appending runner;

    @BeforeEach
    void openStores() {
        worker = Executors.newFixedThreadPool(8);
        store = new SqliteStore(directory.resolve("state.db"), new StoreCodec(), worker);
        logs = new LogStore(directory.resolve("logs"), worker, 1 << 20);
        artifacts = new ArtifactStore(directory.resolve("artifacts"), worker, Limits.DEFAULT);
        runner = new Appending(store);
    }

    @AfterEach
    void closeStores() {
        store.close();
        worker.shutdownNow();
    }

    TaskFilesShelf logShelf() {
        return new TaskFilesShelf("logs", store, logs::kept, logs::deleteUnused);
    }

    TaskFilesShelf artifactShelf() {
        return new TaskFilesShelf("artifacts", store, artifacts::kept, artifacts::deleteUnused);
    }

    TasksShelf taskShelf(Shelf... belongings) {
        return new TasksShelf(store, store, runner.epoch(), List.of(belongings));
    }

    TasksShelf taskShelf() {
        return taskShelf(logShelf(), artifactShelf());
    }

    Retention retention(Shelved... shelves) {
        return new Retention(List.of(shelves), clock, (swept, time) -> {});
    }

    /** One sweep of one shelf, in a life of its own. */
    Swept sweep(Shelf shelf, Rule rule) {
        return retention(new Shelved(shelf, rule)).sweep().await().atMost(SOON).get(0);
    }

    /** A task that passed at this moment; nothing else is there of it. */
    String over(Instant finishedAt) {
        return runner.indexed(row -> new TaskRow(
                row.id(),
                row.owner(),
                TaskStatus.PASSED,
                Phase.DONE,
                row.image(),
                row.runtime(),
                row.caseId(),
                row.taskId(),
                row.role(),
                row.labels(),
                row.priority(),
                row.queuedAt(),
                row.startedAt(),
                finishedAt,
                row.cause(),
                row.exitCode()));
    }

    /** A task that passed at this moment and left a log and an artifact. */
    String whole(Instant finishedAt) {
        String id = over(finishedAt);
        log(id, "hello\nthere\n", finishedAt);
        artifact(id, finishedAt);
        return id;
    }

    void log(String id, String text, Instant at) {
        LogWriter writer = logs.open(id).await().atMost(SOON);
        writer.append(Multi.createFrom().item(new LogChunk(LogStream.STDOUT, text.getBytes(), at)))
                .await()
                .atMost(SOON);
        writer.seal().await().atMost(SOON);
        age(id, at);
    }

    void artifact(String id, Instant at) {
        artifacts
                .collect(id, List.of("/out"), path -> Multi.createFrom().item(tar()), failure -> false)
                .await()
                .atMost(SOON);
        age(id, at);
    }

    private static Buffer tar() {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry("out");
            entry.setSize(3);
            tar.putArchiveEntry(entry);
            tar.write(new byte[] {1, 2, 3});
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    void age(String id, Instant at) {
        for (String kind : List.of("logs", "artifacts")) {
            Path mine = new TaskDirectories(directory.resolve(kind)).of(id);
            try (Stream<Path> files = Files.isDirectory(mine) ? Files.list(mine) : Stream.empty()) {
                for (Path file : files.toList()) {
                    Files.setLastModifiedTime(file, FileTime.from(at));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All files on disk whose path names the task. */
    List<Path> files(String id) {
        return files().stream().filter(file -> file.toString().contains(id)).toList();
    }

    /** All files of tasks on disk. */
    List<Path> files() {
        try (Stream<Path> logFiles = walk("logs");
                Stream<Path> artifactFiles = walk("artifacts")) {
            return Stream.concat(logFiles, artifactFiles)
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<Path> walk(String kind) throws IOException {
        Path root = directory.resolve(kind);
        return Files.isDirectory(root) ? Files.walk(root) : Stream.empty();
    }

    boolean isThere(String id) {
        return store.get(id).await().atMost(SOON).isPresent();
    }

    void nothingIsLeftOf(String id) {
        assertThat(isThere(id)).isFalse();
        assertThat(files(id)).isEmpty();
    }
}
