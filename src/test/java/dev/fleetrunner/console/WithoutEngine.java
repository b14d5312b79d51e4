package dev.fleetrunner.console;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service with a new data directory that finds no engine, whatever runs on the machine. */
public class WithoutEngine implements QuarkusTestProfile {
    public static final String TOKEN = "a-token-for-tests-only";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "fleet.data-dir",
                newDirectory(),
                "fleet.admin-token",
                TOKEN,
                "fleet.engine.usual-sockets",
                "false",
                "quarkus.http.test-port",
                "0");
    }

    static String newDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "console-data").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
