package dev.fleetrunner.cli.config;

import dev.fleetrunner.cli.output.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The token of a service on this machine, in the file where the service keeps it. */
final class LocalToken {
    private static final String FILE = "admin-token";
    private static final List<String> DATA_DIRECTORIES = List.of("data", "data/run", "data/demo");
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

    private LocalToken() {}

    /** The first that can be read; null if there is none, or the address is another machine's. */
    static String find(Shell shell, String url) {
        if (!LOOPBACK.contains(URI.create(url).getHost())) {
            return null;
        }
        String directory = shell.variable("FLEET_DATA_DIR");
        for (String place : directory == null ? DATA_DIRECTORIES : List.of(directory)) {
            Path file = Path.of(place, FILE);
            try {
                if (Files.isReadable(file)) {
                    return Files.readString(file).strip();
                }
            } catch (IOException gone) {
                continue;
            }
        }
        return null;
    }
}
