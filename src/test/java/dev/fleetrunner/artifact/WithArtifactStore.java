package dev.fleetrunner.artifact;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An artifact store on two worker threads, and a container of which every path is a tar. */
abstract class WithArtifactStore {
    static final Duration SOON = Duration.ofSeconds(60);
    static final String TASK = "01JTASK";
    static final long MI = 1 << 20;

    @TempDir
    Path home;

    Path root;
    ExecutorService worker;
    ArtifactStore store;
    final Map<String, Multi<Buffer>> container = new HashMap<>();
    final List<String> asked = new ArrayList<>();

    @BeforeEach
    void openStore() {
        root = home.resolve("artifacts");
        worker = Executors.newFixedThreadPool(2);
        store = storeWith(Limits.DEFAULT);
    }

    @AfterEach
    void stopWorker() {
        worker.shutdownNow();
    }

    ArtifactStore storeWith(Limits limits) {
        return new ArtifactStore(root, worker, limits);
    }

    static Limits limits(int files, long bytes, long fileBytes) {
        return new Limits(files, bytes, fileBytes, MI, 64 * MI, Duration.ofSeconds(20));
    }

    void has(String path, byte[] tar) {
        container.put(path, pieces(tar, 1000));
    }

    void has(String path, Tars tar) {
        has(path, tar.toBytes());
    }

    static Multi<Buffer> pieces(byte[] bytes, int size) {
        List<Buffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            pieces.add(Buffer.buffer(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
        }
        return Multi.createFrom().iterable(pieces);
    }

    private Multi<Buffer> archive(String path) {
        asked.add(path);
        Multi<Buffer> tar = container.get(path);
        return tar != null ? tar : Multi.createFrom().failure(new NoSuchFileException(path));
    }

    Collected collect(String... declared) {
        return store.collect(TASK, List.of(declared), this::archive, NoSuchFileException.class::isInstance)
                .await()
                .atMost(SOON);
    }

    List<ArtifactFile> list() {
        return store.list(TASK).await().atMost(SOON);
    }

    static List<String> paths(Collected collected) {
        return collected.files().stream().map(ArtifactFile::path).toList();
    }

    byte[] read(String path, long offset, long length) {
        return joined(store.read(TASK, path, offset, length));
    }

    String text(String path) {
        return new String(read(path, 0, Long.MAX_VALUE), StandardCharsets.UTF_8);
    }

    static byte[] joined(Multi<Buffer> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.collect().asList().await().atMost(SOON).forEach(piece -> all.writeBytes(piece.getBytes()));
        return all.toByteArray();
    }

    /** Every file and directory of the test, relative to its home. */
    List<String> onDisk() throws IOException {
        try (var walk = Files.walk(home)) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> home.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    /** How many handles of this process are open on files below the root. */
    long handles() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(this::belowRoot).count();
        }
    }

    private boolean belowRoot(Path handle) {
        try {
            return Files.readSymbolicLink(handle).startsWith(root.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
