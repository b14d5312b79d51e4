package dev.fleetrunner.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where a file of a task is put: below a directory, whatever its name says. */
final class Place {
    private final Path root;
    private final Path target;

    /**
     * Below a directory.
     *
     * @param root without links
     * @throws IOException if the path leads out of it
     */
    Place(Path root, String path) throws IOException {
        this.root = root;
        target = root.resolve(path).normalize();
        if (!target.startsWith(root) || target.equals(root)) {
            throw outside(path);
        }
    }

    private IOException outside(String path) {
        return new IOException(path + " would be written outside " + root + "; copy to an empty directory");
    }

    /** Writes it whole or not at all, and never through a link that was there. */
    void write(InputStream bytes, String sha256) throws IOException {
        Path there = target.getParent();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!there.toRealPath().startsWith(root)) {
            throw outside(target.toString());
        }
        Path directory = Files.createDirectories(target.getParent()).toRealPath();
        Path part = Files.createTempFile(directory, ".fleet-", "");
        try {
            String digest = copy(bytes, part);
            if (!digest.equals(sha256)) {
                throw new IOException(target + " came damaged; copy it again");
            }
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(part, directory.resolve(target.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String copy(InputStream bytes, Path part) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                bytes.transferTo(out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
