package dev.fleetrunner.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service with a new data directory on the Podman that {@code FLEET_TEST_PODMAN_SOCKET} names, if it does. */
public class WithPodman implements QuarkusTestProfile {
    public static final String SOCKET = System.getenv("FLEET_TEST_PODMAN_SOCKET");

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(new WithoutEngine().getConfigOverrides());
        if (SOCKET != null) {
            settings.put("fleet.engine.sockets", SOCKET);
        }
        return settings;
    }

    /** Passes the test over where there is no Podman; fails it where one is required. */
    public static void present() {
        boolean required =
                List.of(System.getProperty("contract.require", "").split(",")).contains("podman");
        if (SOCKET == null && required) {
            throw new IllegalStateException("podman is required by -Dcontract.require and is not there");
        }
        assumeTrue(SOCKET != null, "podman is not there");
    }
}
