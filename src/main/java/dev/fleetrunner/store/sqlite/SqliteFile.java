package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database file and the settings that every connection to it has. */
final class SqliteFile {
    private static final int BUSY_TIMEOUT_MS = 10_000;
    private final Path path;

    SqliteFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** Makes an empty file that only its owner can read, for specs may hold what is nobody else's business. */
    void create() {
        try {
            Files.createDirectories(path.getParent());
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // SQLite gives its -wal and -shm files the same mode.
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException there) {
            // The data of an earlier run.
        } catch (IOException e) {
            throw new StoreUnavailable(StoreUnavailable.Reason.IO, "cannot create " + path + ": " + e, e);
        }
    }

    SqliteSession openForWriting() throws SQLException {
        SqliteSession session = new SqliteSession(dataSource().getConnection());
        // KiB: the pages that inserts touch in all indexes stay in memory.
        session.execute("PRAGMA cache_size = -16000");
        // Pages: a batch may write thousands, and each checkpoint costs syncs of its own.
        session.execute("PRAGMA wal_autocheckpoint = 4000");
        return session;
    }

    SqliteSession openForReading() throws SQLException {
        SqliteSession session = new SqliteSession(dataSource().getConnection());
        session.execute("PRAGMA query_only = ON");
        return session;
    }

    /** Connections for the migrations; each call of {@code getConnection} opens a new one. */
    SQLiteDataSource dataSource() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL syncs the log at every commit: what is acknowledged survives a power cut.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }
}
