package dev.fleetrunner.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Where tasks' sockets lie: a directory for each task, which its container has mounted. Others on this machine can list
 * neither; a container needs to pass through its own alone. Blocks.
 */
public final class SocketDirectory {
    private static final Set<PosixFilePermission> PASS = PosixFilePermissions.fromString("rwx--x--x");
    /** The wire lists its directory, as whatever user the task has. */
    private static final Set<PosixFilePermission> LIST = PosixFilePermissions.fromString("rwxr-xr-x");
    /** Whoever has the directory may connect: which user a task is, is the task's choice. */
    private static final Set<PosixFilePermission> CONNECT = PosixFilePermissions.fromString("rwxrwxrwx");

    private static final String DENIED = ".denied";
    /** What {@code sockaddr_un} has room for, without the zero at the end. */
    private static final int LONGEST_PATH = 107;

    private static final int ID_LENGTH = 26;
    private static final int INSTANCE_PART = 12;
    private static final int LONGEST_ROOT = LONGEST_PATH - ID_LENGTH - "/".length() - "/tcp-65535".length();

    private final Path root;

    private SocketDirectory(Path root) {
        this.root = root;
    }

    /**
     * Where sockets lie if the operator does not say: the user's or the machine's directory for such things, or else
     * {@code /tmp}.
     */
    public static Path usual(String instance, Map<String, String> environment) {
        // The end of an id is random; the beginning is its time.
        String name = "fleetrunner-" + instance.substring(Math.max(0, instance.length() - INSTANCE_PART));
        String user = environment.get("XDG_RUNTIME_DIR");
        return Stream.of(user, "/run")
                .filter(parent -> parent != null && Files.isWritable(Path.of(parent)))
                .map(parent -> Path.of(parent, name))
                .filter(path -> path.toString().length() <= LONGEST_ROOT)
                .findFirst()
                .orElse(Path.of("/tmp", name));
    }

    /**
     * Opens it, making it if it is not there.
     *
     * @throws IllegalArgumentException if its path is too long for sockets in it, or it belongs to somebody else
     * @throws UncheckedIOException if it cannot be made
     */
    public static SocketDirectory open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        if (root.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_ROOT) {
            throw new IllegalArgumentException("fleet.socket-dir " + root
                    + " is too long: with a socket in it, a path has " + "at most " + LONGEST_PATH + " bytes");
        }
        try {
            make(root, PASS);
            return new SocketDirectory(root);
        } catch (IOException e) {
            throw new UncheckedIOException("fleet.socket-dir " + root + " cannot be used: " + e, e);
        }
    }

    /** Somebody may have made it first, to get at what is put into it: {@code /tmp} is open to all. */
    private static void make(Path directory, Set<PosixFilePermission> permissions) throws IOException {
        try {
            Files.createDirectories(directory.getParent());
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(permissions));
        } catch (FileAlreadyExistsException there) {
            UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) || !owner.equals(self())) {
                throw new IllegalArgumentException(directory + " is not a directory of this service's user but "
                        + owner.getName() + "'s; remove it, or set fleet.socket-dir to another");
            }
        }
        // The umask has taken away some.
        Files.setPosixFilePermissions(directory, permissions);
    }

    private static UserPrincipal self() throws IOException {
        return Files.getOwner(Path.of("/proc/self"));
    }

    /** The directory of a task, which its container has mounted; made if it is not there. */
    Path of(String taskId) throws IOException {
        Path directory = path(taskId);
        make(directory, LIST);
        return directory;
    }

    /** Where it is, or would be. */
    Path path(String taskId) {
        return root.resolve(taskId);
    }

    /** Where what a task was denied is written down; out of the container's sight. */
    Path denied(String taskId) {
        return root.resolve(taskId + DENIED);
    }

    /** Where to listen before {@link #show}; never the same twice, as whoever stops listening removes it. */
    Path fresh(String taskId) throws IOException {
        return of(taskId)
                .resolve(String.format("%08x", ThreadLocalRandom.current().nextInt()));
    }

    /**
     * Gives a socket its name, in the place of one that an earlier life left: who looks sees the one or the other, and
     * both may be connected to. One that is listened on is not removed when the listener ends, as its name is another.
     */
    static void show(Path fresh, String name) throws IOException {
        Files.setPosixFilePermissions(fresh, CONNECT);
        Files.move(
                fresh, fresh.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes all that a task has here. Safe twice. */
    void remove(String taskId) throws IOException {
        Files.deleteIfExists(denied(taskId));
        Path directory = path(taskId);
        try (Stream<Path> sockets = Files.list(directory)) {
            for (Path socket : sockets.toList()) {
                Files.deleteIfExists(socket);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.deleteIfExists(directory);
    }

    /** Removes the directory itself, unless a task has something in it. */
    void leave() throws IOException {
        try {
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException used) {
            return;
        }
    }

    /** The tasks that have something here. */
    Set<String> tasks() throws IOException {
        Set<String> tasks = new HashSet<>();
        try (Stream<Path> entries = Files.list(root)) {
            List<Path> all = entries.toList();
            all.forEach(entry -> {
                String name = entry.getFileName().toString();
                tasks.add(name.endsWith(DENIED) ? name.substring(0, name.length() - DENIED.length()) : name);
            });
        }
        return tasks;
    }
}
