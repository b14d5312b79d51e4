package dev.fleetrunner.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.Charsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.ArrayUtils;
import org.yaml.snakeyaml.LoaderOptions;
import picocli.CommandLine;

/** The command as one file, made of the classes under test by the build's own script; without the service in it. */
public final class FleetFile {
    private static final List<Class<?>> PARTS = List.of(
            Main.class,
            CommandLine.class,
            JsonInclude.class,
            JsonFactory.class,
            JsonNode.class,
            YAMLFactory.class,
            LoaderOptions.class,
            TarArchiveEntry.class,
            IOUtils.class,
            ArrayUtils.class,
            Charsets.class);

    private static final Path BUILT = Path.of("target", "fleet").toAbsolutePath();

    private FleetFile() {}

    /**
     * The file that the build makes, with the service in it: {@code make fleet}. Passes the test over where it is not there;
     * fails it if {@code -Dcontract.require} names {@code fleet}.
     */
    public static Path built() {
        boolean required =
                List.of(System.getProperty("contract.require", "").split(",")).contains("fleet");
        if (required && !Files.exists(BUILT)) {
            throw new IllegalStateException("fleet is required by -Dcontract.require and is not built: make fleet");
        }
        assumeTrue(Files.exists(BUILT), "target/fleet is not built");
        return BUILT;
    }

    /** Makes it in a directory. */
    public static Path make(Path directory) throws IOException, InterruptedException {
        Path jar = directory.resolve("fleet.jar");
        Set<String> names = new HashSet<>();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(1);
            for (Class<?> part : PARTS) {
                add(
                        Path.of(part.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI()),
                        names,
                        out);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        Path file = directory.resolve("fleet");
        Process build = new ProcessBuilder("bash", "src/main/fleet/build.sh", jar.toString(), file.toString())
                .inheritIO()
                .start();
        if (build.waitFor() != 0) {
            throw new IOException("src/main/fleet/build.sh failed");
        }
        return file;
    }

    private static void add(Path part, Set<String> names, ZipOutputStream out) throws IOException {
        if (Files.isDirectory(part)) {
            try (Stream<Path> files = Files.walk(part.resolve("dev/fleetrunner/cli"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    entry(part.relativize(file).toString(), out);
                    Files.copy(file, out);
                }
            }
            return;
        }
        try (ZipFile jar = new ZipFile(part.toFile())) {
            for (ZipEntry entry : jar.stream().<ZipEntry>map(entry -> entry).toList()) {
                if (entry.getName().endsWith(".class")
                        && !entry.getName().startsWith("META-INF")
                        && names.add(entry.getName())) {
                    entry(entry.getName(), out);
                    jar.getInputStream(entry).transferTo((OutputStream) out);
                }
            }
        }
    }

    private static void entry(String name, ZipOutputStream out) throws IOException {
        out.putNextEntry(new ZipEntry(name));
    }
}
