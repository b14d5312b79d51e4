package dev.fleetrunner.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, the end is a list of files and notes, in time, and nothing is written but the store's own. */
class TarFuzzTest extends WithArtifactStore {
    private static final int RUNS = 400;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private int run;

    private Collected take(byte[] tar) throws IOException {
        store = storeWith(new Limits(20, 100_000, 50_000, 10_000, MI, Duration.ofSeconds(20)));
        String task = "T" + run++;
        Collected collected = store.collect(
                        task, List.of("/w/r", "/w/r/**/*.xml"), path -> pieces(tar, 1 + run % 700), failure -> false)
                .await()
                .atMost(SOON);
        assertThat(store.list(task).await().atMost(SOON)).isEqualTo(collected.files());
        for (ArtifactFile file : collected.files()) {
            assertThat(file.path()).startsWith("w/r").doesNotContain("/../").doesNotStartWith("/");
            assertThat(joined(store.read(task, file.path(), 0, Long.MAX_VALUE))).hasSize((int) file.size());
        }
        joined(store.zip(task));
        store.delete(task).await().atMost(SOON);
        assertThat(onDisk()).isEmpty();
        return collected;
    }

    @Test
    void randomBytesAreNoTarAndSayNothingElse() {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int seed = 0; seed < RUNS / 4; seed++) {
                Random random = new Random(seed);
                byte[] bytes = new byte[1 + random.nextInt(5000)];
                random.nextBytes(bytes);
                Collected collected = take(bytes);
                assertThat(collected.files()).isEmpty();
                assertThat(collected.notes()).anyMatch(note -> note.contains("its tar is damaged"));
            }
        });
    }

    @Test
    void aTarCutAnywhereKeepsWhatWasWhole() {
        byte[] tar = new Tars()
                .directory("r")
                .file("r/one.xml", "1".repeat(700))
                .file("r/" + "long/".repeat(40) + "two", "2")
                .toBytes();
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int length = 0; length < 4600; length += 37) {
                Collected collected = take(Arrays.copyOf(tar, length));
                assertThat(collected.files()).hasSize(length < 512 * 2 + 700 ? 0 : length < 512 * 7 + 1 ? 1 : 2);
                assertThat(collected.notes()).anyMatch(note -> note.contains("ends too early"));
            }
        });
    }

    @Test
    void changedTarsOfEveryFormEndInFilesAndNotes() throws IOException {
        List<byte[]> tars = seeds();
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int seed = 0; seed < RUNS; seed++) {
                Random random = new Random(seed);
                byte[] tar = tars.get(seed % tars.size()).clone();
                for (int change = random.nextInt(8); change >= 0; change--) {
                    change(tar, random);
                }
                take(tar);
            }
        });
    }

    /** Mostly in the headers, and mostly with a checksum that is right again: else nothing behind it is ever tried. */
    private static void change(byte[] tar, Random random) {
        int block = random.nextInt(tar.length / 512) * 512;
        int at = block + random.nextInt(512);
        switch (random.nextInt(5)) {
            case 0 -> tar[at] = (byte) random.nextInt(256);
            case 1 -> tar[at] = (byte) ('0' + random.nextInt(10));
            case 2 -> tar[block + 124 + random.nextInt(12)] = (byte) random.nextInt(256);
            case 3 -> tar[block + 156] = (byte) "01234567SLKxgXV\0".charAt(random.nextInt(16));
            default -> System.arraycopy(tar, random.nextInt(tar.length / 512) * 512, tar, block, 512);
        }
        boolean header = new String(tar, block + 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
        if (header && random.nextInt(10) > 0) {
            Tars.withChecksum(tar, block);
        }
    }

    private List<byte[]> seeds() throws IOException {
        Path tree = Files.createDirectories(home.resolve("c/r/" + "deep/".repeat(30)));
        Files.writeString(tree.resolve("é".repeat(60) + ".xml"), "<x/>");
        Program.run(
                home.resolve("c/r"),
                "bash",
                "-c",
                """
                set -e
                mkfifo fifo; ln -s /etc/passwd link; printf some > file; ln file hard
                truncate -s 40000 sparse; printf end >> sparse
                for i in {1..30}; do printf x$i | dd of=holes bs=1 seek=$((i * 8192)) conv=notrunc status=none; done
                """);
        List<byte[]> tars = new ArrayList<>();
        for (String form : List.of("gnu", "posix", "pax", "v7")) {
            String[] command = {"tar", "--format=" + form, "--sparse", "-cf", "-", "r"};
            if (form.equals("v7")) {
                command = new String[] {"tar", "--format=v7", "-cf", "-", "r/file", "r/hard", "r/link"};
            } else if (form.equals("pax")) {
                command = new String[] {"tar", "--format=pax", "--sparse", "--sparse-version=0.1", "-cf", "-", "r"};
            }
            tars.add(Program.run(home.resolve("c"), command));
        }
        Program.run(home, "rm", "-r", "c");
        tars.add(new Tars()
                .directory("r")
                .special(TarConstants.LF_CHR, "r/null")
                .file("r/a.xml", "a")
                .link(TarConstants.LF_LINK, "r/b", "r/a.xml")
                .toBytes());
        return tars;
    }
}
