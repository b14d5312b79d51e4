package dev.fleetrunner.audit;

import dev.fleetrunner.app.StoreCodec;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.store.AuditQuery;
import dev.fleetrunner.store.AuditStore.Row;
import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An audit on a real store, with a clock that stands still. */
abstract class WithAudit {
    static final Duration SOON = Duration.ofSeconds(30);
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String RUNNER = "01JNRUNNER";
    static final Caller CI = new Caller("ci", AccessRole.AGENT, Caller.Share.WHOLE, "127.0.0.1");

    @TempDir
    Path directory;

    Instant now = NOON;
    ExecutorService worker;
    SqliteStore store;
    Epoch epoch;
    Audit audit;

    private final class Standing extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void openAudit() {
        worker = Executors.newFixedThreadPool(4);
        store = new SqliteStore(directory.resolve("state.db"), new StoreCodec(), worker);
        epoch = store.claim(RUNNER).await().atMost(SOON);
        audit = new Audit(store.audit(), epoch, new Standing());
    }

    @AfterEach
    void closeAudit() {
        store.close();
        worker.shutdownNow();
    }

    static Act cancel(String task) {
        return Act.by(CI, AuditAction.CANCEL, task);
    }

    void record(Act act) {
        audit.record(act).await().atMost(SOON);
    }

    void often(Act act) {
        audit.often(act).await().atMost(SOON);
    }

    /** The whole chain, a line for each entry. */
    List<String> lines() {
        var bytes = new ByteArrayOutputStream();
        audit.export(0).collect().asList().await().atMost(SOON).forEach(bytes::writeBytes);
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The newest entries, as they were written. */
    List<String> newest(int count) {
        return audit.find(chain -> AuditQuery.all(chain, count)).await().atMost(SOON).entries().stream()
                .map(Row::entry)
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .toList();
    }

    /** Removes so many of the oldest blocks. */
    void cut(int blocks) {
        audit.blocks(0, blocks).await().atMost(SOON).forEach(block -> audit.cut(block.first())
                .await()
                .atMost(SOON));
    }
}
