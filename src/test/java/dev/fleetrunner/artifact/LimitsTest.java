package dev.fleetrunner.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fleetrunner.contract.Captured;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class LimitsTest extends WithArtifactStore {
    private static final long TERA = 1L << 40;

    /** An endless tar: what of it was asked for, and whether it was cancelled. */
    private final AtomicLong sent = new AtomicLong();

    private final AtomicBoolean cancelled = new AtomicBoolean();

    private Multi<Buffer> endless(byte[] first, LongFunction<byte[]> piece) {
        return Multi.createFrom()
                .<Long, byte[]>generator(() -> 0L, (number, out) -> {
                    out.emit(number == 0 ? first : piece.apply(number));
                    return number + 1;
                })
                .onItem()
                .invoke(bytes -> sent.addAndGet(bytes.length))
                .map(Buffer::buffer)
                .onCancellation()
                .invoke(() -> cancelled.set(true));
    }

    @Test
    void aMillionFilesCostNoMoreThanTheLimit() throws IOException {
        store = storeWith(limits(100, MI, MI));
        container.put("/w/r", endless(Tars.header("r/first", 0), number -> Tars.header("r/file" + number, 0)));

        Collected collected = collect("/w/r");

        assertThat(collected.files()).hasSize(100);
        assertThat(collected.notes())
                .containsExactly(
                        "no more than 100 files are kept: the rest of /w/r, from /w/r/file100 on, was left out");
        assertThat(cancelled).isTrue();
        assertThat(sent.get()).isLessThan(200 * 512);
        assertThat(onDisk()).hasSize(3);
    }

    @Test
    void aTerabyteIsNotEvenLookedAt() {
        store = storeWith(limits(100, MI, MI));
        byte[] zeros = new byte[64 * 1024];
        container.put("/w/r", endless(Tars.header("r/huge", TERA), number -> zeros));
        has("/w/s", new Tars().directory("s").file("s/small", "small"));

        Collected collected = collect("/w/r", "/w/s");

        assertThat(paths(collected)).containsExactly("w/s/small");
        assertThat(collected.notes())
                .containsExactly(
                        "artifact path /w/r matched nothing",
                        "no more than 67108864 bytes are looked through:"
                                + " the rest of /w/r, from /w/r/huge (1099511627776 bytes) on, was left out");
        assertThat(cancelled).isTrue();
        assertThat(sent.get()).isLessThan(MI);
    }

    @Test
    void theTarThatIsLookedThroughHasALimitToo() {
        store = storeWith(new Limits(100, MI, MI, MI, 100_000, Duration.ofSeconds(20)));
        container.put("/w/r", endless(Tars.header("r/a.xml", 0), number -> Tars.header("r/file" + number, 0)));
        has("/w/s", new Tars().directory("s").file("s/small", "small"));

        Collected collected = collect("/w/r/*.xml", "/w/s");

        assertThat(paths(collected)).containsExactly("w/r/a.xml");
        assertThat(collected.notes())
                .containsExactly(
                        "artifact path /w/s matched nothing",
                        "no more than 100000 bytes are looked through: the rest of /w/r, from /w/r on, was left out");
        assertThat(cancelled).isTrue();
        assertThat(sent.get()).isLessThan(101_000);
        assertThat(asked).containsExactly("/w/r");
    }

    @Test
    void aSparseTerabyteOfARealTreeIsLeftOutByItsSize() throws IOException {
        store = storeWith(limits(100, MI, MI));
        Path tree = Files.createDirectories(home.resolve("c/r"));
        try (RandomAccessFile file = new RandomAccessFile(tree.resolve("holes").toFile(), "rw")) {
            file.setLength(TERA);
        }
        Files.writeString(tree.resolve("small"), "small");
        has("/w/r", Program.run(home.resolve("c"), "tar", "--sparse", "-cf", "-", "r"));

        Collected collected = collect("/w/r");

        assertThat(paths(collected)).containsExactly("w/r/small");
        assertThat(collected.notes())
                .containsExactly("not collected: 1 file over the limit of a file (1048576 bytes),"
                        + " 1099511627776 bytes in all: /w/r/holes");
    }

    @Test
    void aFileThatIsTooLargeOrFindsNoRoomIsLeftOutAndSmallerOnesAreKept() {
        store = storeWith(limits(100, 1000, 600));
        has(
                "/w/r",
                new Tars()
                        .directory("r")
                        .file("r/a", new byte[600])
                        .file("r/b", new byte[601])
                        .file("r/c", new byte[401])
                        .file("r/d", new byte[400])
                        .file("r/e", new byte[1])
                        .file("r/f", new byte[0]));

        Collected collected = collect("/w/r");

        assertThat(paths(collected)).containsExactly("w/r/a", "w/r/d", "w/r/f");
        assertThat(collected.artifacts())
                .extracting(Captured.Artifact::files, Captured.Artifact::sizeBytes)
                .containsExactly(tuple(3, 1000L));
        assertThat(collected.notes())
                .containsExactly(
                        "not collected: 1 file over the limit of a file (600 bytes), 601 bytes in all: /w/r/b",
                        "not collected: 2 files over the limit of all files (1000 bytes), 402 bytes in all: /w/r/c, /w/r/e");
    }

    @Test
    void hardLinksCannotMakeMuchOutOfLittle() {
        store = storeWith(limits(100, 1000, 600));
        Tars tar = new Tars().directory("r").file("r/a", new byte[400]);
        for (int i = 0; i < 50; i++) {
            tar.link(TarConstants.LF_LINK, "r/link" + i, "r/a");
        }
        has("/w/r", tar);

        Collected collected = collect("/w/r");

        assertThat(collected.files()).hasSize(2);
        assertThat(collected.notes()).singleElement().asString().contains("49 files over the limit of all files");
    }

    @Test
    void theListOfFilesHasALimit() throws IOException {
        store = storeWith(new Limits(1000, MI, MI, 2000, MI, Duration.ofSeconds(20)));
        Tars tar = new Tars().directory("r");
        for (int i = 0; i < 20; i++) {
            tar.file("r/" + i + "\u0001".repeat(50), "x");
        }
        has("/w/r", tar);

        Collected collected = collect("/w/r");

        assertThat(collected.files()).hasSizeBetween(2, 5);
        assertThat(Files.size(root.resolve("SK").resolve(TASK).resolve("manifest.ndjson")))
                .isLessThanOrEqualTo(2000);
        assertThat(collected.notes())
                .singleElement()
                .asString()
                .startsWith("the list of files is kept below 2000 bytes");
    }

    @Test
    void aNameOrAHeaderThatIsLongerThanAnyIsRefusedBeforeItIsRead() {
        byte[] header = Tars.header("r/x", 1L << 33);
        header[156] = 'L';
        container.put("/w/r", endless(Tars.withChecksum(header, 0), number -> new byte[64 * 1024]));

        Collected collected = collect("/w/r");

        assertThat(collected.notes())
                .anyMatch(note -> note.endsWith("a name or an extended header has 8589934592 bytes"));
        assertThat(cancelled).isTrue();
        assertThat(sent.get()).isLessThan(MI);
    }

    @Test
    void limitsAreNotNegative() {
        assertThatThrownBy(() -> limits(-1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, 1, 1, 1, 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
