package dev.fleetrunner.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadTest extends WithArtifactStore {

    private byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private byte[] collected(int size) {
        byte[] content = random(size);
        has(
                "/w/r",
                new Tars()
                        .directory("r")
                        .file("r/before", "xx")
                        .file("r/big", content)
                        .file("r/z", "yy"));
        collect("/w/r");
        return content;
    }

    @Test
    void aRangeIsASliceOfTheFileAndOfNothingElse() {
        byte[] content = collected(300_000);
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            int offset = random.nextInt(content.length + 10);
            int length = random.nextInt(content.length + 10);

            byte[] range = read("w/r/big", offset, length);

            int from = Math.min(offset, content.length);
            assertThat(range).isEqualTo(Arrays.copyOfRange(content, from, Math.min(content.length, from + length)));
        }
        assertThat(read("w/r/big", 0, Long.MAX_VALUE)).isEqualTo(content);
        assertThat(read("w/r/big", Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
        assertThat(read("w/r/big", 10, 0)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsToldAsSuch() {
        collected(10);
        var missing = store.read(TASK, "w/r/none", 0, 1).subscribe().withSubscriber(AssertSubscriber.create(1));
        var otherTask = store.read("OTHER", "w/r/big", 0, 1).subscribe().withSubscriber(AssertSubscriber.create(1));

        missing.awaitFailure(SOON).assertFailedWith(NoSuchFileException.class);
        otherTask.awaitFailure(SOON).assertFailedWith(NoSuchFileException.class);
        assertThat(store.file(TASK, "w/r/none").await().atMost(SOON)).isEmpty();
        assertThat(store.file(TASK, "w/r/big").await().atMost(SOON))
                .hasValueSatisfying(file -> assertThat(file.size()).isEqualTo(10));
        assertThatThrownBy(() -> store.read(TASK, "w/r/big", -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSlowReaderGetsWhatItAsksForAndHoldsOneHandle() throws IOException {
        byte[] content = collected(1_000_000);
        var reader = store.read(TASK, "w/r/big", 0, Long.MAX_VALUE)
                .subscribe()
                .withSubscriber(AssertSubscriber.<Buffer>create());

        reader.request(2).awaitItems(2, SOON);
        assertThat(handles()).isEqualTo(1);
        assertThat(reader.getItems()).hasSize(2);
        reader.request(Long.MAX_VALUE).awaitCompletion(SOON);

        assertThat(reader.getItems().stream().mapToInt(Buffer::length).sum()).isEqualTo(content.length);
        assertThat(handles()).isZero();
    }

    @Test
    void aReaderThatGoesGivesItsHandleBack() {
        collected(1_000_000);
        for (Multi<Buffer> pieces : List.of(store.read(TASK, "w/r/big", 0, Long.MAX_VALUE), store.zip(TASK))) {
            var reader = pieces.subscribe().withSubscriber(AssertSubscriber.<Buffer>create(1));
            reader.awaitItems(1, SOON);

            reader.cancel();

            await().atMost(SOON).untilAsserted(() -> assertThat(handles()).isZero());
            assertThat(reader.getItems()).hasSize(1);
        }
    }

    @Test
    void whoReadsWhileItIsDeletedReadsToTheEnd() throws IOException {
        byte[] content = collected(500_000);
        var reader = store.read(TASK, "w/r/big", 0, Long.MAX_VALUE)
                .subscribe()
                .withSubscriber(AssertSubscriber.<Buffer>create(1));
        reader.awaitItems(1, SOON);

        store.delete(TASK).await().atMost(SOON);
        reader.request(Long.MAX_VALUE).awaitCompletion(SOON);

        assertThat(reader.getItems().stream().mapToInt(Buffer::length).sum()).isEqualTo(content.length);
        assertThat(handles()).isZero();
    }

    @Test
    void theContainerIsAskedForOnePieceAtATime() {
        byte[] tar = new Tars().directory("r").file("r/big", random(500_000)).toBytes();
        AtomicLong requested = new AtomicLong();
        AtomicLong greatest = new AtomicLong();
        container.put(
                "/w/r",
                pieces(tar, 1000)
                        .onRequest()
                        .invoke(count -> greatest.accumulateAndGet(requested.addAndGet(count), Math::max))
                        .onItem()
                        .invoke(piece -> requested.decrementAndGet()));

        collect("/w/r");

        assertThat(greatest).hasValueBetween(1, 2);
        assertThat(read("w/r/big", 0, 1)).hasSize(1);
    }

    @Test
    void cancellingACollectionLeavesNothingAndTheNextOneWorks() throws IOException {
        byte[] tar = new Tars().directory("r").file("r/big", random(100_000)).toBytes();
        AtomicBoolean cancelled = new AtomicBoolean();
        container.put(
                "/w/r",
                Multi.createBy()
                        .concatenating()
                        .streams(
                                pieces(Arrays.copyOf(tar, 50_000), 1000),
                                Multi.createFrom().<Buffer>nothing())
                        .onCancellation()
                        .invoke(() -> cancelled.set(true)));
        var collecting = store.collect(TASK, List.of("/w/r"), container::get, failure -> false)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        await().atMost(SOON).untilAsserted(() -> assertThat(handles()).isEqualTo(1));
        var meanwhile = store.delete(TASK).subscribe().withSubscriber(UniAssertSubscriber.create());
        meanwhile.awaitFailure(SOON).assertFailedWith(IllegalStateException.class);

        collecting.cancel();

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(cancelled).isTrue();
            assertThat(handles()).isZero();
            assertThat(onDisk()).isEmpty();
        });
        has("/w/r", tar);
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> collect("/w/r").files().size() == 1);
    }

    @Test
    void aDiskThatFailsIsOurFailureAndNoNote() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("SK"), "where the directory should be");
        has("/w/r", new Tars().directory("r").file("r/a", "a"));

        var collecting = store.collect(TASK, List.of("/w/r"), container::get, failure -> false)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        collecting.awaitFailure(SOON).assertFailedWith(UncheckedIOException.class);
    }
}
