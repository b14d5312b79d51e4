package dev.fleetrunner.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.store.JacksonEvents;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.store.StoreUnavailable.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    Path directory;

    @Test
    void everyScriptInTheFolderIsNamed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/sqlite"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migrations.SCRIPTS);
        }
    }

    @Test
    void missingDirectoriesAreMade() {
        Path file = directory.resolve("a/b/fleet.db");

        open(file).close();

        assertThat(file).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadTheFiles() throws IOException {
        Path file = directory.resolve("fleet.db");
        SqliteStore store = open(file);
        store.claim("a").await().atMost(java.time.Duration.ofSeconds(20));

        for (String name : List.of("fleet.db", "fleet.db-wal", "fleet.db-shm")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        store.close();
    }

    @Test
    void closingLeavesOnlyTheDatabase() throws IOException {
        SqliteStore store = open(directory.resolve("fleet.db"));
        store.claim("a").await().atMost(java.time.Duration.ofSeconds(20));

        store.close();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("fleet.db"));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("fleet.db"), "not a database".repeat(1000));

        refused(file);

        assertThat(file).hasContent("not a database".repeat(1000));
    }

    @Test
    void aPathThatCannotBeIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        refused(file.resolve("fleet.db"));
    }

    @Test
    void theSchemaOfALaterReleaseIsRefused() throws SQLException {
        Path path = directory.resolve("fleet.db");
        open(path).close();
        try (SqliteSession session = new SqliteFile(path).openForWriting()) {
            session.execute(
                    """
                    INSERT INTO flyway_schema_history
                      (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (99, '99', 'of the future', 'SQL', 'V99__of_the_future.sql', 1, '', 1, 1)
                    """);
        }

        refused(path);
    }

    private static SqliteStore open(Path file) {
        return new SqliteStore(file, new JacksonEvents(), Runnable::run);
    }

    private static void refused(Path file) {
        assertThatThrownBy(() -> open(file))
                .isInstanceOfSatisfying(StoreUnavailable.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.IO));
    }
}
