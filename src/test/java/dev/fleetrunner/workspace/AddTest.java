package dev.fleetrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What comes in as an archive goes out as one tar. */
class AddTest extends WithWorkspaceStore {
    private static Tars sources() {
        return new Tars()
                .at(1_700_000_000)
                .file("./src/b.txt", "b")
                .file("src/a.txt", "aa")
                .symlink("src/link", "../src/a.txt")
                .hardLink("hard", "./src/b.txt")
                .file("run", 04755, "#!/bin/sh".getBytes())
                .directory("closed", 0500)
                .directory(".");
    }

    private static final List<String> SOURCES = List.of(
            "5 755 ./",
            "5 700 closed/",
            "0 644 hard = b",
            "0 755 run = #!/bin/sh",
            "5 755 src/",
            "0 644 src/a.txt = aa",
            "1 644 src/b.txt -> hard",
            "2 777 src/link -> ../src/a.txt");

    @Test
    void aTarComesOutInOrderWithOurOwnerAndPlainModes() {
        Workspace workspace = take(sources().toBytes());

        assertThat(shown(workspace)).isEqualTo(SOURCES);
        assertThat(workspace.id()).matches("ws-[0-9a-f]{32}");
        assertThat(workspace.files()).isEqualTo(4);
        assertThat(workspace.sizeBytes()).isEqualTo(1 + 2 + 9);
        assertThat(workspace.createdAt()).isEqualTo(now);
        assertThat(got(workspace.id()).get(3).mtime()).isEqualTo(1_700_000_000);
    }

    @Test
    void theSameContentIsTheSameWorkspaceHoweverItIsPacked() {
        Workspace first = take(sources().toBytes());
        List<String> before = onDisk();
        now = now.plusSeconds(60);

        Added gzipped = add(sources().toGzip());
        Added later = add(sources().at(1_800_000_000).toBytes());

        assertThat(gzipped.created()).isFalse();
        assertThat(gzipped.workspace().id()).isEqualTo(first.id());
        assertThat(gzipped.workspace().createdAt()).isEqualTo(first.createdAt());
        assertThat(gzipped.workspace().lastUsed()).isEqualTo(now);
        assertThat(later.workspace().id()).isEqualTo(first.id());
        assertThat(onDisk()).isEqualTo(before).hasSize(2);
    }

    @Test
    void everythingThatATaskCouldSeeMakesAnotherWorkspaceExceptTimes() {
        List<byte[]> archives = List.of(
                new Tars().file("a", "1").toBytes(),
                new Tars().file("a", "2").toBytes(),
                new Tars().file("b", "1").toBytes(),
                new Tars().file("a", 0755, "1".getBytes()).toBytes(),
                new Tars().symlink("a", "1").toBytes(),
                new Tars().directory("a").toBytes(),
                new Tars().file("a", "1").file("b", "1").toBytes(),
                new Tars().file("a", "1").hardLink("b", "a").toBytes(),
                new Tars().toBytes());

        assertThat(archives.stream().map(this::take).map(Workspace::id).distinct())
                .hasSize(archives.size());
        assertThat(take(new Tars().at(5).file("a", "1").toBytes()).id())
                .isEqualTo(take(archives.get(0)).id());
    }

    @Test
    void aZipHasModesAndLinksOfUnixAndUsualOnesOtherwise() {
        byte[] zip = new Zips()
                .unix("bin/run", 0100755, "run")
                .unix("bin/link", 0120777, "run")
                .unix("private/", 0040700, "")
                .plain("docs/", "")
                .plain("docs/read.me", "read")
                .toBytes();

        Workspace workspace = take(zip);

        assertThat(shown(workspace))
                .containsExactly(
                        "5 755 ./",
                        "5 755 bin/",
                        "2 777 bin/link -> run",
                        "0 755 bin/run = run",
                        "5 755 docs/",
                        "0 644 docs/read.me = read",
                        "5 700 private/");
        assertThat(got(workspace.id()).get(3).mtime()).isEqualTo(1_000_000_000);
    }

    @Test
    void theLastOfANameWinsAsTarHasItAndHardLinksKeepTheFirst() {
        byte[] tar = new Tars()
                .file("a", "old")
                .hardLink("b", "a")
                .file("a", "new")
                .symlink("c", "nowhere")
                .file("c", "file")
                .toBytes();

        assertThat(shown(take(tar))).containsExactly("5 755 ./", "0 644 a = new", "0 644 b = old", "0 644 c = file");
    }

    @Test
    void longNamesAndOtherAlphabetsComeThrough() {
        String name = "deep/".repeat(60) + "ünï-测试-" + "n".repeat(120);

        assertThat(shown(take(new Tars().file(name, "pax").toBytes()))).contains("0 644 " + name + " = pax");
        assertThat(shown(take(new Tars().gnu().file(name, "gnu").toBytes()))).contains("0 644 " + name + " = gnu");
        assertThat(shown(take(new Zips().plain(name, "zip").toBytes()))).contains("0 644 " + name + " = zip");
    }

    @Test
    void anEmptyTreeIsAWorkspace() {
        assertThat(shown(take(new Tars().toBytes()))).containsExactly("5 755 ./");
        assertThat(take(new Zips().toBytes()).id())
                .isEqualTo(take(new Tars().directory(".").toBytes()).id());
    }

    @Test
    void theTarEndsWithTwoEmptyBlocksAndComesInPieces() {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        Workspace workspace = take(new Tars().file("noise", 0644, noise).toBytes());

        List<Buffer> pieces =
                store.tar(workspace.id(), 5, 6).collect().asList().await().atMost(SOON);

        byte[] tar = joined(Multi.createFrom().iterable(pieces));
        assertThat(tar.length).isEqualTo((int) workspace.keptBytes()).isEqualTo(512 + 512 + 300_032 + 1024);
        assertThat(pieces).allSatisfy(piece -> assertThat(piece.length()).isLessThanOrEqualTo(65536));
        assertThat(Arrays.copyOfRange(tar, tar.length - 1024, tar.length)).containsOnly(0);
        assertThat(Arrays.copyOfRange(tar, 1024, 301_024)).isEqualTo(noise);
    }

    @Test
    void theTarIsMadeOnlyAsFarAsItIsAskedFor() {
        Workspace workspace =
                take(new Tars().file("big", 0644, new byte[1_000_000]).toBytes());
        AssertSubscriber<Buffer> reader =
                store.tar(workspace.id(), 1, 1).subscribe().withSubscriber(AssertSubscriber.create(2));

        reader.awaitItems(2, SOON);

        reader.assertNotTerminated();
        assertThat(reader.getItems()).hasSize(2);
        reader.cancel();
    }

    @Test
    void ownersBeyondOctalNumbersAreTold() {
        Workspace workspace = take(new Tars().file("a", "1").toBytes());

        byte[] tar = joined(store.tar(workspace.id(), Integer.MAX_VALUE, 0));

        assertThat(TarUtils.parseOctalOrBinary(tar, 108, 8)).isEqualTo(Integer.MAX_VALUE);
        assertThat(TarUtils.verifyCheckSum(Arrays.copyOf(tar, 512))).isTrue();
    }

    @Test
    void eightUploadsOfTheSameMakeOne() {
        byte[] tar = sources().toBytes();

        List<Added> added = Uni.join()
                .all(IntStream.range(0, 8)
                        .mapToObj(i -> store.add(pieces(tar, 100 + i)))
                        .toList())
                .andFailFast()
                .await()
                .atMost(SOON);

        assertThat(added)
                .extracting(one -> one.workspace().id())
                .containsOnly(added.get(0).workspace().id());
        assertThat(added).filteredOn(Added::created).hasSize(1);
        assertThat(onDisk()).hasSize(2);
    }

    @Test
    void theNextPieceIsAskedForWhenTheLastOneIsWritten() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        byte[] tar = new Tars().file("a", 0644, new byte[100_000]).toBytes();
        Multi<Buffer> upload = pieces(tar, 1000)
                .onRequest()
                .invoke(count -> most.accumulateAndGet((int) Math.min(count, 1000) + open.get(), Math::max));

        store.add(upload).await().atMost(SOON);

        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void whoGivesUpOrFailsLeavesNothing() {
        Multi<Buffer> endless = Multi.createBy()
                .concatenating()
                .streams(pieces(sources().toBytes(), 512), Multi.createFrom().nothing());
        var cancelled = store.add(endless).subscribe().with(added -> {});
        Awaitility.await().until(() -> !onDisk().isEmpty());
        cancelled.cancel();
        Awaitility.await().untilAsserted(() -> assertThat(onDisk()).isEmpty());

        Multi<Buffer> broken = Multi.createBy()
                .concatenating()
                .streams(pieces(sources().toBytes(), 512), Multi.createFrom().failure(new IOException("reset")));
        assertThatThrownBy(() -> store.add(broken).await().atMost(SOON)).hasMessageContaining("reset");
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void whatACrashLeftGoesAtTheNextStartAndTheRestStays() throws IOException {
        Workspace kept = take(sources().toBytes());
        Files.writeString(root.resolve("0815.upload.new"), "half of an upload");
        Files.writeString(root.resolve("0815.contents.new"), "half of its files");
        Files.writeString(root.resolve("ws-" + "0".repeat(32) + ".json"), "{}");

        store = storeWith(LIMITS);

        assertThat(onDisk()).containsExactly("workspaces/" + kept.id() + ".json", "workspaces/" + kept.id() + ".tar");
        assertThat(store.list().await().atMost(SOON)).containsExactly(kept);
        assertThat(shown(kept)).isEqualTo(SOURCES);
    }
}
