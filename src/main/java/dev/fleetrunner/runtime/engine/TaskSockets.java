package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;

import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The directories in which the runner listens for tasks: each task sees its own. The engine must see them at the same
 * paths.
 */
final class TaskSockets {
    /** unix(7), with its last zero left out. */
    private static final int LONGEST_PATH = 107;

    private static final String LONGEST_NAME = "docker.sock";

    private final Path root;
    private final Executor worker;

    /**
     * @param root below which they are
     * @param worker for files
     */
    TaskSockets(Path root, Executor worker) {
        this.root = root;
        this.worker = worker;
    }

    Path of(String taskId) {
        return root.resolve(taskId);
    }

    /** Makes a task's directory: everybody may enter it, and nobody but the runner the one above. */
    Uni<Void> make(String taskId) {
        Path directory = of(taskId);
        if (directory.resolve(LONGEST_NAME).toString().length() > LONGEST_PATH) {
            return Uni.createFrom()
                    .failure(new RuntimeFailure(
                            NOT_SUPPORTED,
                            "paths of sockets have at most " + LONGEST_PATH
                                    + " characters; set fleet.socket-dir to a shorter one than " + root));
        }
        return onWorker(() -> {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
    }

    /** Removes a task's directory; safe if there is none. */
    Uni<Void> clear(String taskId) {
        return onWorker(() -> {
            Path directory = of(taskId);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> sockets = Files.list(directory)) {
                    for (Path socket : sockets.toList()) {
                        Files.deleteIfExists(socket);
                    }
                }
                Files.deleteIfExists(directory);
            }
        });
    }

    /** Work with files. */
    interface FileWork {
        void run() throws IOException;
    }

    Uni<Void> onWorker(FileWork work) {
        return Uni.createFrom().voidItem().emitOn(worker).invoke(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
