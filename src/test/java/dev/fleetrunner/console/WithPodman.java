package dev.fleetrunner.console;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** A service with a new data directory on the Podman that {@code FLEET_TEST_PODMAN_SOCKET} names, if it does. */
public class WithPodman implements QuarkusTestProfile {
    static final String SOCKET = System.getenv("FLEET_TEST_PODMAN_SOCKET");

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(new WithoutEngine().getConfigOverrides());
        if (SOCKET != null) {
            settings.put("fleet.engine.sockets", SOCKET);
        }
        return settings;
    }
}
