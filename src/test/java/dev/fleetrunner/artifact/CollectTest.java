package dev.fleetrunner.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.Captured;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectTest extends WithArtifactStore {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static Tars reports() {
        return new Tars().directory("reports").file("reports/a.xml", "aa").file("reports/deep/b.txt", "bbb");
    }

    @Test
    void aDirectoryIsCollectedWhole() throws IOException {
        has("/w/reports", reports());

        Collected collected = collect("/w/reports");

        assertThat(paths(collected)).containsExactly("w/reports/a.xml", "w/reports/deep/b.txt");
        assertThat(collected.notes()).isEmpty();
        assertThat(text("w/reports/deep/b.txt")).isEqualTo("bbb");
        Captured.Artifact artifact = collected.artifacts().get(0);
        assertThat(artifact.path()).isEqualTo("/w/reports");
        assertThat(artifact.files()).isEqualTo(2);
        assertThat(artifact.sizeBytes()).isEqualTo(5);
        assertThat(artifact.ref())
                .isEqualTo(root.resolve("SK").resolve(TASK).toUri().toString());
        assertThat(Path.of(URI.create(artifact.ref()))).isDirectory();
    }

    @Test
    void aSingleFileBearsItsOwnDigest() {
        has("/w/out.txt", new Tars().file("out.txt", "hello"));

        Collected collected = collect("/w/out.txt");

        assertThat(collected.artifacts()).singleElement().satisfies(artifact -> {
            assertThat(artifact.sha256()).isEqualTo(HELLO);
            assertThat(artifact.files()).isEqualTo(1);
        });
        assertThat(collected.files()).containsExactly(new ArtifactFile("w/out.txt", 5, HELLO, 0640, 0));
    }

    @Test
    void theDigestOfADirectoryIsWhatSha256sumMakesOfItsSortedFiles() throws IOException {
        Path reports = Files.createDirectories(home.resolve("c/w/reports/ä"));
        Files.writeString(reports.resolve("z 1.xml"), "one");
        Files.writeString(reports.resolveSibling("a\nb"), "two");
        Files.writeString(reports.resolveSibling("😀"), "three");
        Files.writeString(reports.resolveSibling("\uFF5E"), "four");
        has("/w/reports", Program.run(home.resolve("c/w"), "tar", "-cf", "-", "reports"));

        String digest = collect("/w/reports").artifacts().get(0).sha256();

        byte[] expected = Program.run(
                home.resolve("c"),
                "sh",
                "-c",
                "find w -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum -z | sha256sum");
        assertThat(digest).isEqualTo(new String(expected, StandardCharsets.UTF_8).substring(0, 64));
    }

    @Test
    void aGlobFetchesItsBaseAndKeepsWhatItNames() {
        has("/w/reports", reports());

        Collected collected = collect("/w/reports/**/*.xml");

        assertThat(paths(collected)).containsExactly("w/reports/a.xml");
        assertThat(collected.artifacts().get(0).files()).isEqualTo(1);
        assertThat(collected.artifacts().get(0).sha256())
                .isNotEqualTo(collected.files().get(0).sha256());
    }

    @Test
    void whatIsNotThereIsANoteAndTheRestIsCollected() {
        has("/w/reports", reports());

        Collected collected = collect("/w/none", "/w/reports/*.html", "/w/reports", "/w/reports");

        assertThat(collected.artifacts()).extracting(Captured.Artifact::path).containsExactly("/w/reports");
        assertThat(collected.notes())
                .containsExactly(
                        "artifact path /w/none matched nothing", "artifact path /w/reports/*.html matched nothing");
        assertThat(asked).containsExactly("/w/none", "/w/reports");
    }

    @Test
    void aPathThatIsNoneIsANote() {
        Collected collected = collect("/w/[a", "/*");

        assertThat(collected.notes())
                .containsExactly(
                        "artifact path /w/[a cannot be read: it has a [ without its ]",
                        "artifact path /* cannot be read: it must name a directory below the root before any wildcard");
        assertThat(asked).isEmpty();
    }

    @Test
    void anArchiveThatFailsIsANoteWithItsWordsAndWhatCameIsKept() {
        byte[] tar = new Tars().file("r/a", "a").file("r/b", "b".repeat(2000)).toBytes();
        Multi<Buffer> cut = pieces(Arrays.copyOf(tar, 2048), 100);
        Multi<Buffer> broken = Multi.createFrom().failure(new IllegalStateException("socket\nclosed"));
        container.put("/w/r", Multi.createBy().concatenating().streams(cut, broken));
        container.put("/w/s", null);

        Collected collected = store.collect(
                        TASK,
                        List.of("/w/r", "/w/s/*"),
                        path -> {
                            if (path.equals("/w/s")) {
                                throw new IllegalArgumentException("no such engine");
                            }
                            return container.get(path);
                        },
                        failure -> false)
                .await()
                .atMost(SOON);

        assertThat(paths(collected)).containsExactly("w/r/a");
        assertThat(collected.notes())
                .containsExactly(
                        "artifacts at /w/r could not be collected: socket\\u{a}closed",
                        "artifacts at /w/s could not be collected: no such engine");
        assertThat(text("w/r/a")).isEqualTo("a");
    }

    @Test
    void anArchiveThatFallsSilentIsGivenUp() {
        store = storeWith(new Limits(10, MI, MI, MI, MI, Duration.ofMillis(50)));
        container.put("/w/r", Multi.createFrom().nothing());

        Collected collected = collect("/w/r");

        assertThat(collected.notes())
                .containsExactly("artifacts at /w/r could not be collected: nothing came for PT0.05S");
    }

    @Test
    void pathsThatOverlapShareTheirFiles() throws IOException {
        has("/w/reports", reports());
        has("/w/reports/deep", new Tars().directory("deep").file("deep/b.txt", "bbb"));

        Collected collected = collect("/w/reports/deep", "/w/reports");

        assertThat(paths(collected)).containsExactly("w/reports/a.xml", "w/reports/deep/b.txt");
        assertThat(collected.artifacts()).extracting(Captured.Artifact::files).containsExactly(1, 2);
        assertThat(collected.notes()).isEmpty();
        assertThat(Files.size(root.resolve("SK").resolve(TASK).resolve("content")))
                .isEqualTo(5);
    }

    @Test
    void aHardLinkIsACopyOfWhatWasKept() {
        has(
                "/w/r",
                new Tars()
                        .directory("r")
                        .file("r/a", "one")
                        .link(TarConstants.LF_LINK, "r/b", "r/a")
                        .link(TarConstants.LF_LINK, "r/c", "r/elsewhere")
                        .link(TarConstants.LF_LINK, "r/d", "../../etc/shadow"));

        Collected collected = collect("/w/r");

        assertThat(paths(collected)).containsExactly("w/r/a", "w/r/b");
        assertThat(text("w/r/b")).isEqualTo("one");
        assertThat(collected.artifacts().get(0).sizeBytes()).isEqualTo(6);
        assertThat(collected.notes())
                .containsExactly("not collected: 2 hard links to something that is not collected: /w/r/c, /w/r/d");
    }

    @Test
    void collectingAgainGivesTheSameAndAsksNobody() {
        has("/w/reports", reports());
        Collected first = collect("/w/reports", "/w/none");
        asked.clear();

        Collected second = collect("/w/reports", "/w/none");

        assertThat(second).isEqualTo(first);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {TASK + ".new", TASK})
    void whatACrashLeftHalfDoneIsDoneAnew(String leftOver) throws IOException {
        Path half = Files.createDirectories(root.resolve("SK").resolve(leftOver));
        Files.writeString(half.resolve("content"), "half");
        Files.writeString(half.resolve("manifest.ndjson"), "{\"pa");
        has("/w/reports", reports());
        assertThat(list()).isEmpty();

        Collected collected = collect("/w/reports");

        assertThat(text("w/reports/a.xml")).isEqualTo("aa");
        assertThat(list()).isEqualTo(collected.files());
        assertThat(onDisk()).hasSize(3).allMatch(file -> file.startsWith("artifacts/SK/" + TASK + "/"));
    }

    @Test
    void deletingRemovesAllOfIt() throws IOException {
        has("/w/reports", reports());
        collect("/w/reports");
        Files.createDirectories(root.resolve("SK").resolve(TASK + ".new"));

        store.delete(TASK).await().atMost(SOON);
        store.delete(TASK).await().atMost(SOON);

        assertThat(root.resolve("SK")).isEmptyDirectory();
        assertThat(list()).isEmpty();
        assertThat(store.file(TASK, "w/reports/a.xml").await().atMost(SOON)).isEmpty();
    }

    @Test
    void aTaskWithoutDeclaredPathsHasNothing() {
        assertThat(collect()).isEqualTo(new Collected(List.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a.new", "\0"})
    void whatCanBeNoTaskIdIsRefused(String id) {
        assertThatThrownBy(() -> store.list(id)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(id)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.zip(id)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.read(id, "a", 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.collect(id, List.of(), container::get, failure -> false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
