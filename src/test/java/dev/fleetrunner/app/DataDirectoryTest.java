package dev.fleetrunner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void belongsToOneRunner() {
        try (var first = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> DataDirectory.open(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("fleet.data-dir " + directory
                            + " is used by another runner; stop it, or set another directory");
            assertThat(first.instance()).isNotBlank();
        }
        DataDirectory.open(directory).close();
    }

    @Test
    void closesADirectoryThatWasOpenToOthers() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataDirectory.open(directory).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void keepsWhatItMadeOverALife() {
        String instance;
        String secret;
        try (var first = DataDirectory.open(directory)) {
            instance = first.instance();
            secret = first.secret("key");
        }
        try (var second = DataDirectory.open(directory)) {
            assertThat(second.instance()).isEqualTo(instance);
            assertThat(second.secret("key")).isEqualTo(secret).isNotEqualTo(second.secret("other"));
        }
    }

    @Test
    void saysWhichSettingIsAtFault() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("fleet.data-dir " + file + " cannot be used");
    }
}
