package dev.fleetrunner.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ZipTest extends WithArtifactStore {

    private Path zip() throws IOException {
        Path zip = home.resolve("all.zip");
        Files.write(zip, joined(store.zip(TASK)));
        return zip;
    }

    private static Map<String, String> contents(Path zip) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                byte[] bytes = file.getInputStream(entry).readAllBytes();
                contents.put(entry.getName(), new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void allFilesAreInItUnderTheirPaths() throws IOException {
        byte[] noise = new byte[400_000];
        new Random(5).nextBytes(noise);
        has(
                "/w/r",
                new Tars()
                        .directory("r")
                        .file("r/ä.txt", "text")
                        .file("r/deep/noise", noise)
                        .file("r/empty", ""));
        collect("/w/r");

        Path zip = zip();

        assertThat(contents(zip))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "w/r/ä.txt", "text",
                        "w/r/deep/noise", new String(noise, StandardCharsets.ISO_8859_1),
                        "w/r/empty", ""));
        if (Program.present("unzip")) {
            assertThat(new String(Program.run(home, "unzip", "-t", "all.zip"), StandardCharsets.UTF_8))
                    .contains("No errors detected");
        }
    }

    @Test
    void itIsTheSameBytesEachTimeAndInTheOrderOfThePaths() {
        has("/w/r", new Tars().directory("r").file("r/b", "b").file("r/a", "a").file("r/c", "c"));
        collect("/w/r");

        byte[] first = joined(store.zip(TASK));
        byte[] second = joined(store.zip(TASK));

        assertThat(second).isEqualTo(first);
        String text = new String(first, StandardCharsets.ISO_8859_1);
        assertThat(text.indexOf("w/r/a")).isLessThan(text.indexOf("w/r/b"));
    }

    @Test
    void noNameLeadsAwayShowsOtherThanItIsOrComesTwice() throws IOException {
        has(
                "/w/r",
                new Tars()
                        .directory("r")
                        .file("r/..\\..\\evil", "1")
                        .file("r/.._.._evil", "2")
                        .file("r/new\nline", "3")
                        .file("r/new\rline", "4")
                        .file("r/new_line", "5")
                        .file("r/new_line~1", "6")
                        .file("r/\u202egpj.exe", "7"));
        collect("/w/r");

        Map<String, String> contents = contents(zip());

        assertThat(contents.keySet())
                .containsExactlyInAnyOrder(
                        "w/r/.._.._evil",
                        "w/r/.._.._evil~1",
                        "w/r/new_line",
                        "w/r/new_line~1",
                        "w/r/new_line~2",
                        "w/r/new_line~1~1",
                        "w/r/_gpj.exe");
        assertThat(contents.values()).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void executablesStaySoAndNobodyBecomesRoot() throws IOException {
        Assumptions.assumeTrue(Program.present("unzip"));
        Path tree = Files.createDirectories(home.resolve("c/r"));
        Program.run(tree, "sh", "-c", "echo x > run; chmod 4755 run; echo y > plain; chmod 640 plain");
        has("/w/r", Program.run(home.resolve("c"), "tar", "-cf", "-", "r"));
        collect("/w/r");
        zip();

        Program.run(home, "unzip", "-K", "-q", "all.zip");

        String modes = new String(
                Program.run(home.resolve("w/r"), "stat", "-c", "%n %a", "plain", "run"), StandardCharsets.UTF_8);
        assertThat(modes).isEqualTo("plain 640\nrun 755\n");
    }

    @Test
    void moreFilesThanAnOldZipCanCount() throws IOException {
        store = storeWith(new Limits(70_000, MI, MI, 64 * MI, 1024 * MI, Duration.ofMinutes(1)));
        Tars tar = new Tars().directory("r");
        for (int i = 0; i < 66_000; i++) {
            tar.file("r/" + i, "");
        }
        container.put("/w/r", pieces(tar.toBytes(), 64 * 1024));
        assertThat(collect("/w/r").files()).hasSize(66_000);

        try (ZipFile file = new ZipFile(zip().toFile())) {
            assertThat(file.size()).isEqualTo(66_000);
        }
    }

    @Test
    void aSlowReaderMakesNothingRunAhead() {
        byte[] noise = new byte[2_000_000];
        new Random(5).nextBytes(noise);
        has("/w/r", new Tars().directory("r").file("r/noise", noise));
        collect("/w/r");
        var reader = store.zip(TASK).subscribe().withSubscriber(AssertSubscriber.<Buffer>create(1));

        reader.awaitItems(1, SOON);

        assertThat(reader.getItems()).hasSize(1);
        assertThat(reader.getItems().get(0).length()).isLessThan(256 * 1024);
        reader.request(Long.MAX_VALUE).awaitCompletion(SOON);
    }

    @Test
    void aTaskWithoutArtifactsIsAnEmptyZip() throws IOException {
        assertThat(contents(zip())).isEmpty();
        assertThat(store.list(TASK).await().atMost(SOON)).isEqualTo(List.of());
    }
}
