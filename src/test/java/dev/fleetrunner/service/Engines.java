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
                .filter(name -> {
                    String socket = System.getenv("FLEET_TEST_" + name.toUpperCase(Locale.ROOT) + "_SOCKET");
                    return socket != null && Files.exists(Path.of(socket));
                })
                .toList();
    }
}
