package dev.fleetrunner.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that a task may build to harm whoever collects them. */
class HostileTreeTest extends WithArtifactStore {
    private static final List<String> STORED = List.of(
            "artifacts/SK/01JTASK/collected.json",
            "artifacts/SK/01JTASK/content",
            "artifacts/SK/01JTASK/manifest.ndjson");

    @Test
    void namesThatLeadElsewhereAreNotFollowed() throws IOException {
        has(
                "/w/r",
                new Tars()
                        .file("r/good", "good")
                        .file("/etc/cron.d/evil", "evil")
                        .file("r/../../evil", "evil")
                        .file("../evil", "evil")
                        .file("other/evil", "evil"));

        Collected collected = collect("/w/r");

        assertThat(paths(collected)).containsExactly("w/r/good");
        assertThat(collected.notes())
                .containsExactly("not collected: 4 entries with a name that leads elsewhere: "
                        + "/etc/cron.d/evil, r/../../evil, ../evil, …");
        assertThat(onDisk()).isEqualTo(STORED);
    }

    @Test
    void aTarWhoseRootIsCalledTheRootIsThePathThatWasAskedFor() {
        has(
                "/w/r",
                new Tars()
                        .directory("/")
                        .file("/good", "good")
                        .file("/etc/cron.d/evil", "evil")
                        .file("x/evil", ""));

        Collected collected = collect("/w/r");

        assertThat(paths(collected)).containsExactly("w/r/etc/cron.d/evil", "w/r/good");
        assertThat(collected.notes())
                .containsExactly("not collected: 1 entry with a name that leads elsewhere: x/evil");
    }

    @Test
    void onlyRegularFilesAreKeptAndTheRestIsCountedByItsKind() {
        has(
                "/w/r",
                new Tars()
                        .directory("r")
                        .link(TarConstants.LF_SYMLINK, "r/out", "/etc/passwd")
                        .link(TarConstants.LF_SYMLINK, "r/dangling", "nowhere")
                        .special(TarConstants.LF_CHR, "r/null")
                        .special(TarConstants.LF_BLK, "r/sda")
                        .special(TarConstants.LF_FIFO, "r/pipe")
                        .special((byte) 'V', "r/label")
                        .file("r/out/shadow", "through the link")
                        .file("r/good", "good")
                        .file("r/good", "bad"));

        Collected collected = collect("/w/r");

        assertThat(paths(collected)).containsExactly("w/r/good", "w/r/out/shadow");
        assertThat(text("w/r/good")).isEqualTo("good");
        assertThat(collected.notes())
                .containsExactly(
                        "not collected: 2 symbolic links: /w/r/out, /w/r/dangling",
                        "not collected: 2 device nodes: /w/r/null, /w/r/sda",
                        "not collected: 1 fifo: /w/r/pipe",
                        "not collected: 1 entry that is no file: /w/r/label",
                        "not collected: 1 second entry of a name: /w/r/good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "posix", "ustar"})
    void strangeNamesOfARealTreeAreKeptAndTouchNothing(String format) throws IOException {
        Path tree = Files.createDirectories(home.resolve("c/r"));
        Program.run(
                tree,
                "bash",
                "-c",
                """
                set -e
                printf a > $'quote\\'"name'; printf b > $'new\\nline'; printf c > $'rtl\\u202egpj.exe'
                printf d > $'bad\\xff\\xfeutf8'; printf e > 'back\\slash'; printf f > ' '; printf g > -rf
                """);
        if (!format.equals("ustar")) {
            Program.run(
                    tree,
                    "bash",
                    "-c",
                    """
                set -e
                printf h > "$(printf 'n%.0s' {1..255})"
                for i in {1..120}; do mkdir deepdeepdeep; cd deepdeepdeep; done; printf i > bottom
                """);
        }
        byte[] tar = Program.run(home.resolve("c"), "tar", "--format=" + format, "-cf", "-", "r");
        Program.run(home, "rm", "-r", "c");
        has("/w/r", tar);

        Collected collected = collect("/w/r/");

        assertThat(paths(collected))
                .contains(
                        "w/r/quote'\"name",
                        "w/r/new\nline",
                        "w/r/rtl\u202egpj.exe",
                        "w/r/bad%FF%FEutf8",
                        "w/r/back\\slash",
                        "w/r/ ",
                        "w/r/-rf");
        assertThat(text("w/r/bad%FF%FEutf8")).isEqualTo("d");
        if (!format.equals("ustar")) {
            assertThat(text("w/r/" + "n".repeat(255))).isEqualTo("h");
            assertThat(text("w/r/" + "deepdeepdeep/".repeat(120) + "bottom")).isEqualTo("i");
        }
        assertThat(collected.notes()).isEmpty();
        assertThat(onDisk()).isEqualTo(STORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=gnu", "--format=posix", "--sparse-version=0.1", "--sparse-version=1.0"})
    void sparseFilesOfARealTreeComeOutAsTheyAre(String form) throws IOException {
        Path tree = Files.createDirectories(home.resolve("c/r"));
        try (RandomAccessFile file = new RandomAccessFile(tree.resolve("holes").toFile(), "rw")) {
            for (int i = 0; i < 40; i++) {
                file.seek(i * 100_000L + 7);
                file.writeBytes("data " + i);
            }
            file.setLength(5_000_000);
        }
        Files.writeString(tree.resolve("plain"), "plain");
        byte[] plain = Files.readAllBytes(tree.resolve("holes"));
        String format = form.contains("version") ? "--format=posix" : form;
        byte[] tar = Program.run(home.resolve("c"), "tar", format, form, "--sparse", "-cf", "-", "r");
        assertThat(tar.length).isLessThan(1_000_000);
        has("/w/r", tar);

        Collected collected = collect("/w/r");

        assertThat(collected.notes()).isEmpty();
        assertThat(paths(collected)).containsExactly("w/r/holes", "w/r/plain");
        assertThat(read("w/r/holes", 0, Long.MAX_VALUE)).isEqualTo(plain);
        assertThat(text("w/r/plain")).isEqualTo("plain");
    }

    @Test
    void longNamesOfBothFormsAreUnderstood() {
        String name = "r/" + "long/".repeat(60) + "name";
        has("/w/r", new Tars().gnu().directory("r").file(name, "gnu"));
        has("/v/r", new Tars().directory("r").file(name, "pax"));

        collect("/w/r", "/v/r");

        assertThat(text("w/" + name)).isEqualTo("gnu");
        assertThat(text("v/" + name)).isEqualTo("pax");
    }

    @Test
    void notesStayOnOneLineAndShort() {
        has(
                "/w/r",
                new Tars().directory("r").special(TarConstants.LF_FIFO, "r/a\nforged: note\u202e" + "x".repeat(1000)));

        Collected collected = collect("/w/r");

        assertThat(collected.notes()).hasSize(2).startsWith("artifact path /w/r matched nothing that can be kept");
        assertThat(collected.notes().get(1))
                .startsWith("not collected: 1 fifo: /w/r/a\\u{a}forged: note\\u{202e}xxx")
                .hasSizeLessThan(260);
    }
}
