package dev.fleetrunner.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A service on the test engines that {@code FLEET_TEST_PODMAN_SOCKET} and {@code FLEET_TEST_DOCKER_SOCKET} name. */
public class OnEngine extends ServiceProfile {
    /** How many tasks run at once. */
    public static final int PLACES = 2;

    private static final String NOWHERE = "/nonexistent/engine.sock";
    /** How many wait at most. */
    public static final int QUEUE = 3;

    @Override
    public Map<String, String> getConfigOverrides() {
        List<String> sockets = Stream.of("FLEET_TEST_PODMAN_SOCKET", "FLEET_TEST_DOCKER_SOCKET")
                .map(System::getenv)
                .filter(socket -> socket != null && Files.exists(Path.of(socket)))
                .toList();
        Map<String, String> settings = super.getConfigOverrides();
        // Profiles are made for tests that are left out, too: without engines only those that run may fail.
        settings.put("fleet.engine.sockets", sockets.isEmpty() ? NOWHERE : String.join(",", sockets));
        settings.put("fleet.max-concurrent", Integer.toString(PLACES));
        settings.put("fleet.queue-size", Integer.toString(QUEUE));
        return settings;
    }
}
