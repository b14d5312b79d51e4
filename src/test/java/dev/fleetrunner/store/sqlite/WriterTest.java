package dev.fleetrunner.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.store.StoreUnavailable.Reason;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
    private static final int BOUND = 5;

    @TempDir
    Path directory;

    private final HeldWorker worker = new HeldWorker();
    private SqliteFile file;
    private Writer writer;
    /** Pages that the file may have; null for no limit. Stands for the size of the disk. */
    private Integer pages;

    @BeforeEach
    void open() {
        file = new SqliteFile(directory.resolve("fleet.db"));
        file.create();
        Migrations.run(file.dataSource());
        writer = new Writer(
                new SessionSlot(() -> {
                    SqliteSession session = file.openForWriting();
                    if (pages != null) {
                        session.execute("PRAGMA max_page_count = " + pages);
                    }
                    return session;
                }),
                worker,
                BOUND);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void allThatWaitIsCommittedAtOnce() {
        var claims = IntStream.range(0, BOUND).mapToObj(i -> claim("a")).toList();

        int runs = worker.release();

        assertThat(runs).isEqualTo(1);
        assertThat(claims).extracting(claim -> claim.getItem().number()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whatIsBeyondTheBoundIsRefusedAtOnce() {
        var claims = IntStream.range(0, BOUND).mapToObj(i -> claim("a")).toList();

        refused(claim("a"), Reason.OVERLOADED);

        worker.release();
        claims.forEach(UniAssertSubscriber::assertCompleted);
        var later = claim("a");
        worker.release();
        later.assertCompleted();
    }

    @Test
    void aFullDiskRefusesAllOfABatchAndIsGotOverWhenThereIsSpace() {
        pages = 1;
        String large = "x".repeat(1 << 20);
        var small = claim("a");
        var big = claim(large);
        worker.release();
        refused(small, Reason.STORAGE_FULL);
        refused(big, Reason.STORAGE_FULL);

        pages = null;
        var again = List.of(claim("a"), claim(large));
        worker.release();

        assertThat(again).extracting(claim -> claim.getItem().number()).containsExactly(1L, 1L);
    }

    @Test
    void aValueThatCannotBeHeldFailsAlone() {
        var good = claim("a");
        var bad = claim(null);
        worker.release();

        bad.assertFailedWith(IllegalArgumentException.class);
        assertThat(good.assertCompleted().getItem()).isEqualTo(new Epoch("a", 1));
    }

    @Test
    void aWorkerThatIsGoneRefuses() {
        try (Writer orphan = new Writer(
                new SessionSlot(file::openForWriting),
                task -> {
                    throw new RejectedExecutionException();
                },
                BOUND)) {
            refused(
                    orphan.write(new Claim("a")).subscribe().withSubscriber(UniAssertSubscriber.create()),
                    Reason.CLOSED);
        }
    }

    @Test
    void closingRefusesWhatWaits() {
        var waiting = claim("a");

        writer.close();

        refused(waiting, Reason.CLOSED);
        assertThat(worker.release()).isEqualTo(1);
    }

    private UniAssertSubscriber<Epoch> claim(String instance) {
        return writer.write(new Claim(instance)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static void refused(UniAssertSubscriber<Epoch> subscriber, Reason reason) {
        assertThat(subscriber.getFailure())
                .isInstanceOfSatisfying(StoreUnavailable.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(reason));
    }
}
