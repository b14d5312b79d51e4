package dev.fleetrunner.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes that are there as a whole or not at all, also after a loss of power. */
final class Durable {
    /** No name of anything that is kept ends so. */
    static final String FRESH = ".new";

    private Durable() {}

    /** Puts bytes in the place of a file, if there is one. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + FRESH);
        Files.write(fresh, bytes);
        sync(fresh, StandardOpenOption.WRITE);
        move(fresh, file);
    }

    /** @param fresh synced already */
    static void move(Path fresh, Path file) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    /** Removes the files that match and are in no directory below. */
    static void clear(Path directory, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
