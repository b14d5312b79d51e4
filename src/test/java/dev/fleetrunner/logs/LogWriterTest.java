package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LogWriterTest extends WithLogStore {

    @Test
    void aPartOfALineIsWrittenSoonThoughNothingFollows() {
        LogWriter writer = open();
        AtomicReference<MultiEmitter<? super LogChunk>> command = new AtomicReference<>();
        writer.append(Multi.createFrom().<LogChunk>emitter(command::set))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        command.get().emit(out("password: "));

        await().atMost(SOON).until(() -> texts(LogQuery.all()).equals(List.of("password: ")));
        command.get().complete();
    }

    @Test
    void theSourceIsNotAskedForMoreThanAFewChunksAhead() {
        CountDownLatch busy = new CountDownLatch(1);
        LogWriter writer = open();
        AtomicLong asked = new AtomicLong();
        worker.execute(() -> awaitUninterruptibly(busy));
        worker.execute(() -> awaitUninterruptibly(busy));

        UniAssertSubscriber<Void> appended = writer.append(Multi.createFrom()
                        .range(0, 1_000)
                        .map(i -> out(i + "\n"))
                        .invoke(asked::incrementAndGet))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        assertThat(asked).hasValue(16);
        busy.countDown();

        appended.awaitItem(SOON);
        assertThat(info().records()).isEqualTo(1_000);
    }

    @Test
    void theCallersThreadDoesNoWork() {
        CountDownLatch busy = new CountDownLatch(1);
        LogWriter writer = open();
        worker.execute(() -> awaitUninterruptibly(busy));
        worker.execute(() -> awaitUninterruptibly(busy));

        writer.append(Multi.createFrom().items(out("a\n"), out("b\n")))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        UniAssertSubscriber<LogInfo> sealed = writer.seal().subscribe().withSubscriber(UniAssertSubscriber.create());

        sealed.assertNotTerminated();
        assertThat(writer.cursor()).isEqualTo(LogCursor.START);
        busy.countDown();
        assertThat(sealed.awaitItem(SOON).getItem().records()).isEqualTo(2);
    }

    @Test
    void anOutputThatFailsIsKeptAsFarAsItCame() {
        LogWriter writer = open();
        Multi<LogChunk> torn = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().items(out("whole\npart")),
                        Multi.createFrom().failure(new IllegalStateException("the engine is gone")));

        Uni<Void> appended = writer.append(torn);

        assertThatThrownBy(() -> appended.await().atMost(SOON)).hasMessage("the engine is gone");
        assertThat(writer.cursor()).isEqualTo(new LogCursor(10, 0));
        append(writer, out("ner\n"));
        assertThat(texts(LogQuery.all())).containsExactly("whole", "part", "ner");
    }

    @Test
    void cancellingClosesTheSourceAndKeepsWhatHadCome() {
        LogWriter writer = open();
        AtomicBoolean closed = new AtomicBoolean();
        AtomicReference<MultiEmitter<? super LogChunk>> command = new AtomicReference<>();
        UniAssertSubscriber<Void> appended = writer.append(Multi.createFrom()
                        .<LogChunk>emitter(command::set)
                        .onCancellation()
                        .invoke(() -> closed.set(true)))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        command.get().emit(out("part"));

        appended.cancel();

        assertThat(closed).isTrue();
        await().atMost(SOON).until(() -> writer.cursor().equals(new LogCursor(4, 0)));
    }

    @Test
    void theCursorCountsNewlines() {
        LogWriter writer = open();

        append(writer, out("12\n\n"), err("é\n"));

        assertThat(writer.cursor()).isEqualTo(new LogCursor(4, 3));
    }

    @Test
    void aLogHasOneWriterAndOneEnd() {
        LogWriter writer = open();

        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class).hasMessageContaining("has a writer");
        assertThatThrownBy(() -> store.delete(TASK).await().atMost(SOON)).isInstanceOf(IllegalStateException.class);
        LogInfo sealed = seal(writer);
        assertThat(seal(writer)).isEqualTo(sealed);
        assertThatThrownBy(() -> append(writer, out("late"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class).hasMessageContaining("is sealed");
        assertThat(store.inUse()).isZero();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
