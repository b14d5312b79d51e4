package dev.fleetrunner.app;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.security.TokenForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The directory that holds all that a runner keeps. One runner at a time: it is locked. Blocks. */
final class DataDirectory implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DataDirectory.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int SECRET_BYTES = 32;

    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Opens it, making it if it is not there, and closes it to all but the service's user if it is ours.
     *
     * @throws IllegalStateException if another runner uses it
     * @throws UncheckedIOException if it cannot be made or written
     */
    static DataDirectory open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            closeToOthers(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("runner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(root, channel);
            return new DataDirectory(root, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("fleet.data-dir " + root + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Somebody else's directory, such as a volume's, stays as it is; secrets in it are files of mode 0600 anyway. */
    private static void closeToOthers(Path root) throws IOException {
        if (!Files.getPosixFilePermissions(root).equals(OWNER_DIRECTORY)) {
            try {
                Files.setPosixFilePermissions(root, OWNER_DIRECTORY);
            } catch (FileSystemException notOurs) {
                LOG.warnf("fleet.data-dir %s belongs to another user and keeps its mode: others may read logs", root);
            }
        }
    }

    /** Held until the channel is closed. */
    private static void lock(Path root, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IllegalStateException(
                    "fleet.data-dir " + root + " is used by another runner; stop it, or set another directory");
        }
    }

    /** What is free for the service in its file system. */
    DiskBrake.FreeSpace freeSpace() {
        try {
            FileStore store = Files.getFileStore(root);
            return store::getUsableSpace;
        } catch (IOException e) {
            throw new UncheckedIOException(root + " does not tell its free space: " + e.getMessage(), e);
        }
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    /** The id that this runner's containers bear, made at the first start. */
    String instance() {
        return keep("instance", () -> UlidCreator.getUlid().toString());
    }

    /** The first administrator's token, made at the first start; readable by the service's user alone. */
    String adminToken() {
        return keep("admin-token", TokenForm::fresh);
    }

    /** A secret of 256 bits in hexadecimal, made when first asked for; readable by the service's user alone. */
    String secret(String name) {
        return keep(name, () -> {
            byte[] bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        });
    }

    private String keep(String name, Supplier<String> made) {
        Path file = root.resolve(name);
        try {
            if (Files.notExists(file)) {
                Path fresh = Files.createTempFile(root, name, ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                Files.writeString(fresh, made.get() + "\n");
                Files.move(fresh, file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read or made: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
