package dev.fleetrunner.console.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.artifact.ArtifactFile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArtifactTreeTest {
    private static final String SHA256 = "ab".repeat(32);

    private static ArtifactFile file(String path) {
        return new ArtifactFile(path, 10, SHA256, 0644, 0);
    }

    private static List<String> rows(String... paths) {
        return ArtifactTree.of(
                        "t1",
                        List.of(paths).stream().map(ArtifactTreeTest::file).toList())
                .rows()
                .stream()
                .map(row -> row.kind() + (row.name() == null ? "" : " " + row.name()))
                .toList();
    }

    @Test
    void directoriesAreOpenedAndClosedAsTheFilesAsk() {
        assertThat(rows("a", "w/x/1", "w/x/2", "w/y/3", "z"))
                .containsExactly(
                        "file a", "open w", "open x", "file 1", "file 2", "close", "open y", "file 3", "close", "close",
                        "file z");
    }

    @Test
    void everyDirectoryIsClosedAtTheEnd() {
        assertThat(rows("a/b/c/d")).containsExactly("open a", "open b", "open c", "file d", "close", "close", "close");
    }

    @Test
    void namesAreShownSafelyAndLinkedExactly() {
        ArtifactTree tree = ArtifactTree.of("t1", List.of(file("w/\u202eevil?#.txt")));

        assertThat(tree.rows().get(1).name()).isEqualTo("\\u{202e}evil?#.txt");
        assertThat(tree.rows().get(1).look()).isEqualTo("/tasks/t1/files/w/%E2%80%AEevil%3F%23.txt");
        assertThat(tree.rows().get(1).digest()).hasSize(12);
    }

    @Test
    void ofManyTheFirstAreShown() {
        ArtifactTree tree = ArtifactTree.of(
                "t1",
                IntStream.range(0, 1000)
                        .mapToObj(i -> file("f%04d".formatted(i)))
                        .toList());

        assertThat(tree.count()).isEqualTo(1000);
        assertThat(tree.rows()).hasSize(300);
        assertThat(tree.more()).isEqualTo(700);
    }
}
