package dev.fleetrunner.cli.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Packs a directory as a tar: files with their right to be executed, directories, and links as links. */
final class Packing {
    private static final int FILE = 0644;
    private static final int PROGRAM = 0755;

    private Packing() {}

    /**
     * Packs a directory.
     *
     * @throws IOException if anything in it cannot be read
     */
    static void pack(Path directory, Path archive) throws IOException {
        try (var tar = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            Files.walkFileTree(directory, new Visitor(directory, tar));
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final TarArchiveOutputStream tar;

        Visitor(Path root, TarArchiveOutputStream tar) {
            this.root = root;
            this.tar = tar;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
            if (!path.equals(root)) {
                put(new TarArchiveEntry(name(path) + "/"), attributes, PROGRAM);
                tar.closeArchiveEntry();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                TarArchiveEntry entry = new TarArchiveEntry(name(path), TarConstants.LF_SYMLINK);
                entry.setLinkName(Files.readSymbolicLink(path).toString());
                put(entry, attributes, PROGRAM);
                tar.closeArchiveEntry();
            } else if (attributes.isRegularFile()) {
                TarArchiveEntry entry = new TarArchiveEntry(name(path));
                entry.setSize(attributes.size());
                put(entry, attributes, isProgram(path) ? PROGRAM : FILE);
                Files.copy(path, tar);
                tar.closeArchiveEntry();
            }
            return FileVisitResult.CONTINUE;
        }

        private void put(TarArchiveEntry entry, BasicFileAttributes attributes, int mode) throws IOException {
            entry.setMode(mode);
            entry.setModTime(attributes.lastModifiedTime().toMillis());
            tar.putArchiveEntry(entry);
        }

        private static boolean isProgram(Path path) throws IOException {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            return mode.contains(PosixFilePermission.OWNER_EXECUTE);
        }

        private String name(Path path) {
            return root.relativize(path).toString();
        }
    }
}
