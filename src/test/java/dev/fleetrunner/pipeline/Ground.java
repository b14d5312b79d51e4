package dev.fleetrunner.pipeline;

import dev.fleetrunner.app.StoreCodec;
import dev.fleetrunner.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What outlives a runner: the store, the directories, the worker threads. */
final class Ground implements AutoCloseable {
    final ExecutorService worker = Executors.newFixedThreadPool(8);
    final Path directory;
    final Path root;
    final SqliteStore store;

    Ground(Path directory) throws IOException {
        this.directory = directory.toRealPath();
        this.root = Files.createDirectories(this.directory.resolve("root"));
        this.store = new SqliteStore(this.directory.resolve("fleet.db"), new StoreCodec(), worker);
    }

    @Override
    public void close() {
        store.close();
        worker.shutdownNow();
    }
}
