package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.AppendUntilKilled;
import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.JacksonEvents;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.StoreContract;
import dev.fleetrunner.store.StoreFixture;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TokenStore;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    private static ExecutorService worker;

    @TempDir
    Path directory;

    @BeforeAll
    static void startWorker() {
        worker = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stopWorker() {
        worker.shutdown();
    }

    @Override
    protected StoreFixture open() {
        return new Fixture(directory.resolve("fleet.db"));
    }

    private static final class Fixture implements StoreFixture {
        private final Path file;
        private SqliteStore store;

        Fixture(Path file) {
            this.file = file;
            this.store = new SqliteStore(file, new JacksonEvents(), worker);
        }

        @Override
        public Journal journal() {
            return store;
        }

        @Override
        public TaskIndex index() {
            return store;
        }

        @Override
        public AuditStore audit() {
            return store.audit();
        }

        @Override
        public TokenStore tokens() {
            return store.tokens();
        }

        @Override
        public void reopen() {
            store.close();
            store = new SqliteStore(file, new JacksonEvents(), worker);
        }

        @Override
        public int followed() {
            return store.followed();
        }

        @Override
        public ProcessBuilder appender() {
            return new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Appender.class.getName(),
                    file.toString());
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** The program that is killed. */
    static final class Appender {
        public static void main(String[] args) throws InterruptedException {
            AppendUntilKilled.run(
                    new SqliteStore(Path.of(args[0]), new JacksonEvents(), Executors.newCachedThreadPool()));
        }
    }
}
