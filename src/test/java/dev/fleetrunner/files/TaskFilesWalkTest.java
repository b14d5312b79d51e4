package dev.fleetrunner.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFilesWalkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path home;

    private Path root;
    private TaskDirectories directories;
    private ExecutorService worker;

    @BeforeEach
    void begin() {
        root = home.resolve("logs");
        directories = new TaskDirectories(root);
        worker = Executors.newFixedThreadPool(2);
    }

    @AfterEach
    void stopWorker() {
        worker.shutdownNow();
    }

    private List<TaskFiles> walk() {
        return directories.walk(worker).collect().asList().await().atMost(SOON);
    }

    private static void write(Path directory, String name, int bytes, Instant at) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.write(directory.resolve(name), new byte[bytes]);
        Files.setLastModifiedTime(file, FileTime.from(at));
    }

    @Test
    void tellsSizeAndAgeOfEachTask() throws IOException {
        write(directories.of("01A"), "a", 10, NOON);
        write(directories.of("01A"), "b", 5, NOON.plusSeconds(9));
        write(directories.of("02A"), "a", 7, NOON);

        assertThat(walk())
                .containsExactlyInAnyOrder(
                        new TaskFiles("01A", NOON.plusSeconds(9), 15), new TaskFiles("02A", NOON, 7));
    }

    @Test
    void thereIsNothingWithoutARoot() {
        assertThat(walk()).isEmpty();
    }

    /** Whatever else lies there is not ours to count, and a link leads nowhere. */
    @Test
    void passesOverWhatIsNoTask() throws IOException {
        write(root, "file", 1, NOON);
        write(root.resolve("1A"), "file", 1, NOON);
        write(root.resolve("1A/no task"), "a", 1, NOON);
        write(home.resolve("elsewhere/01B"), "a", 1, NOON);
        Files.createSymbolicLink(root.resolve("1B"), home.resolve("elsewhere"));
        write(directories.of("01A"), "a", 3, NOON);

        assertThat(walk()).containsExactly(new TaskFiles("01A", NOON, 3));
    }

    @Test
    void aHalfFilledDirectoryBelongsToItsTask() throws IOException {
        write(directories.of("01A").resolveSibling("01A.new"), "a", 3, NOON);

        assertThat(walk()).containsExactly(new TaskFiles("01A", NOON, 3));
    }

    @Test
    void aHalfRemovedDirectoryIsOlderThanEverything() throws IOException {
        Files.createDirectories(directories.of("01A"));

        assertThat(walk()).containsExactly(new TaskFiles("01A", Instant.MIN, 0));
    }

    @Test
    void readsAsMuchAsIsAskedForAndGivesItsHandlesBack() throws IOException {
        for (int i = 0; i < 200; i++) {
            write(directories.of("0" + i), "a", 1, NOON);
        }
        AssertSubscriber<TaskFiles> subscriber =
                directories.walk(worker).subscribe().withSubscriber(AssertSubscriber.create(1));
        subscriber.awaitItems(1, SOON);
        assertThat(subscriber.getItems()).hasSize(1);
        assertThat(handles()).isPositive();

        subscriber.cancel();

        await().atMost(SOON).until(() -> handles() == 0);
    }

    private long handles() throws IOException {
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
