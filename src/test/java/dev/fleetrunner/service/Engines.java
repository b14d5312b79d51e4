package dev.fleetrunner.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The engines that are there to be tested. */
public final class Engines {
    private Engines() {}

    /** Their names, as specs name runtimes. */
    public static List<String> present() {
        return Stream.of("podman", "docker")
                .filter(name -> socket(name) != null && Files.exists(Path.of(socket(name))))
                .toList();
    }

    /** The path of an engine's socket; null if it is not there to be tested. */
    public static String socket(String name) {
        return System.getenv("FLEET_TEST_" + name.toUpperCase(Locale.ROOT) + "_SOCKET");
    }
}
