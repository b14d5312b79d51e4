package dev.fleetrunner.service;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A service with a fresh directory and a free port, which looks at no engine but those that the test names. */
public abstract class ServiceProfile implements QuarkusTestProfile {
    /** Name of the service's log in its data directory. */
    public static final String LOG = "service.log";

    private final Path data = Path.of("target", "services", UUID.randomUUID().toString());

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>();
        settings.put("fleet.data-dir", data.toAbsolutePath().toString());
        settings.put("fleet.engine.usual-sockets", "false");
        settings.put("fleet.sign-in.max-failures", "1000000");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.log.file.enabled", "true");
        settings.put("quarkus.log.file.path", data.resolve(LOG).toAbsolutePath().toString());
        settings.put("quarkus.http.access-log.enabled", "true");
        settings.put("quarkus.log.category.\"io.quarkus.http.access-log\".level", "INFO");
        settings.put("quarkus.log.category.\"dev.fleetrunner\".min-level", "DEBUG");
        settings.put("quarkus.log.category.\"dev.fleetrunner\".level", "DEBUG");
        return settings;
    }
}
