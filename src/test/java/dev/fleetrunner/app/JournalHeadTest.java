package dev.fleetrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.store.Appending;
import dev.fleetrunner.store.JacksonEvents;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.Samples;
import dev.fleetrunner.store.sqlite.SqliteStore;
import dev.fleetrunner.task.TaskEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalHeadTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final ExecutorService worker = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        worker.shutdown();
    }

    @Test
    void isWhereTheNewestEventIs() {
        try (var store = new SqliteStore(directory.resolve("state.db"), new JacksonEvents(), worker)) {
            assertThat(JournalHead.of(store).await().atMost(SOON)).isZero();
            var appending = new Appending(store);
            for (int events = 1; events <= 20; events++) {
                var submitted = new TaskEvent.Submitted(
                        Samples.AT, Samples.spec(Map.of()), "ci", null, "hash", null, Grant.NOTHING);
                StoredEvent newest = appending.task(Samples.id(), submitted).get(0);
                assertThat(JournalHead.of(store).await().atMost(SOON)).isEqualTo(newest.position());
            }
        }
    }
}
