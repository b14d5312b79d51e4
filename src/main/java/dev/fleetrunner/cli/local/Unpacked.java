package dev.fleetrunner.cli.local;

import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The service's application as files, which it must be to run; in this command's own file it is packed. */
final class Unpacked {
    private static final String INSIDE = "quarkus-app/";
    private static final String START = "quarkus-run.jar";
    private static final int DIGEST = 16;

    private Unpacked() {}

    /** The directory with {@code quarkus-run.jar}, made in the cache at the first use of this build. */
    static Path directory(Shell shell) {
        Path own = own();
        if (Files.isDirectory(own)) {
            return built(own);
        }
        try (ZipFile file = new ZipFile(own.toFile())) {
            List<ZipEntry> entries = file.stream()
                    .filter(entry -> entry.getName().startsWith(INSIDE) && !entry.isDirectory())
                    .<ZipEntry>map(entry -> entry)
                    .toList();
            Path directory = cache(shell).resolve("service-" + digest(entries));
            if (!Files.exists(directory.resolve(START))) {
                unpack(file, entries, directory);
            }
            return directory;
        } catch (IOException e) {
            throw new Misconfigured("--local: the service cannot be unpacked: " + e
                    + "; set XDG_CACHE_HOME to a directory that can be written");
        }
    }

    private static Path own() {
        try {
            return Path.of(Unpacked.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where these are classes of a build, the application is beside them. */
    private static Path built(Path classes) {
        Path directory = classes.resolveSibling("quarkus-app");
        if (!Files.exists(directory.resolve(START))) {
            throw new Misconfigured("--local: the service is not built; make fleet");
        }
        return directory;
    }

    private static Path cache(Shell shell) {
        String base = shell.variable("XDG_CACHE_HOME");
        String home = shell.variable("HOME");
        return (base != null ? Path.of(base) : Path.of(home == null ? "." : home, ".cache")).resolve("fleet");
    }

    /** Of what is in the entries, by the checksums that the file has of them. */
    private static String digest(List<ZipEntry> entries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            entries.stream()
                    .map(entry -> entry.getName() + " " + entry.getCrc() + " " + entry.getSize() + "\n")
                    .sorted()
                    .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Beside its place, and there at once: another command may look meanwhile, or this one be ended. */
    private static void unpack(ZipFile file, List<ZipEntry> entries, Path directory) throws IOException {
        Files.createDirectories(directory.getParent());
        Path fresh = Files.createTempDirectory(directory.getParent(), ".service-");
        try {
            for (ZipEntry entry : entries) {
                Path target = fresh.resolve(entry.getName().substring(INSIDE.length()))
                        .normalize();
                Files.createDirectories(target.getParent());
                try (InputStream bytes = file.getInputStream(entry)) {
                    Files.copy(bytes, target);
                }
            }
            Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(directory.resolve(START))) {
                throw e;
            }
        } finally {
            Removal.of(fresh);
        }
    }
}
