package dev.fleetrunner.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A service on the test engines that {@code FLEET_TEST_PODMAN_SOCKET} and {@code FLEET_TEST_DOCKER_SOCKET} name. */
public final class OnEngine extends ServiceProfile {
    /** How many tasks run at once. */
    public static final int PLACES = 2;
    /** How many wait at most. */
    public static final int QUEUE = 3;

    @Override
    public Map<String, String> getConfigOverrides() {
        List<String> sockets = Stream.of("FLEET_TEST_PODMAN_SOCKET", "FLEET_TEST_DOCKER_SOCKET")
                .map(System::getenv)
                .filter(socket -> socket != null && Files.exists(Path.of(socket)))
                .toList();
        if (sockets.isEmpty()) {
            throw new IllegalStateException(
                    "tests tagged engine need FLEET_TEST_PODMAN_SOCKET or FLEET_TEST_DOCKER_SOCKET");
        }
        Map<String, String> settings = super.getConfigOverrides();
        settings.put("fleet.engine.sockets", String.join(",", sockets));
        settings.put("fleet.max-concurrent", Integer.toString(PLACES));
        settings.put("fleet.queue-size", Integer.toString(QUEUE));
        return settings;
    }
}
