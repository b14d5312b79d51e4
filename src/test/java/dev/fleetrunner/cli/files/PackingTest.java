package dev.fleetrunner.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way in and out. */
class PackingTest {
    private static final String SHA_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private Map<String, TarArchiveEntry> packed() throws IOException {
        Path archive = elsewhere.resolve("archive.tar");
        Packing.pack(directory, archive);
        Map<String, TarArchiveEntry> entries = new HashMap<>();
        try (var tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), entry);
            }
        }
        return entries;
    }

    @Test
    void programsStayProgramsAndLinksStayLinks() throws IOException {
        Path program = Files.writeString(directory.resolve("run"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(directory.resolve("text"), "a");
        Files.createDirectories(directory.resolve("empty"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("../outside"));

        var entries = packed();

        assertThat(entries.keySet()).containsExactlyInAnyOrder("run", "text", "empty/", "link");
        assertThat(entries.get("run").getMode() & 0777).isEqualTo(0755);
        assertThat(entries.get("text").getMode() & 0777).isEqualTo(0644);
        assertThat(entries.get("link").isSymbolicLink()).isTrue();
        assertThat(entries.get("link").getLinkName()).isEqualTo("../outside");
    }

    @Test
    void longAndForeignNamesStayWhole() throws IOException {
        String name = "d".repeat(120) + "/" + "ä€𝄞".repeat(20);
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), "a");
        assertThat(packed()).containsKey(name);
    }

    @Test
    void nothingIsWrittenOutside() throws IOException {
        Path root = directory.toRealPath();
        assertThatThrownBy(() -> new Place(root, "../x")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new Place(root, "/etc/x")).isInstanceOf(IOException.class);
        Files.createSymbolicLink(root.resolve("link"), elsewhere);
        var place = new Place(root, "link/deep/x");
        assertThatThrownBy(() -> place.write(bytes("a"), SHA_OF_A)).isInstanceOf(IOException.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aLinkThatIsThereIsReplacedAndNotFollowed() throws IOException {
        Path root = directory.toRealPath();
        Path other = Files.writeString(elsewhere.resolve("other"), "mine");
        Files.createSymbolicLink(root.resolve("x"), other);
        new Place(root, "x").write(bytes("a"), SHA_OF_A);
        assertThat(other).hasContent("mine");
        assertThat(root.resolve("x")).isRegularFile().hasContent("a");
    }

    @Test
    void whatCameDamagedIsNotKept() throws IOException {
        Path root = directory.toRealPath();
        var place = new Place(root, "x");
        assertThatThrownBy(() -> place.write(bytes("b"), SHA_OF_A)).hasMessageContaining("damaged");
        assertThat(root).isEmptyDirectory();
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
