package dev.fleetrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.pipeline.ServiceReading.Setting;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsInForceTest {
    private static List<Setting> settings(Map<String, String> properties, Map<String, String> environment) {
        return SettingsInForce.of(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "a-file", 100))
                .withSources(new EnvConfigSource(environment, 300))
                .build());
    }

    @Test
    void oursAreToldByNameValueAndSource() {
        assertThat(settings(
                        Map.of("fleet.runtime", "podman", "quarkus.http.port", "8080", "other.thing", "x"), Map.of()))
                .containsExactly(
                        new Setting("fleet.runtime", "podman", "a-file"),
                        new Setting("quarkus.http.port", "8080", "a-file"));
    }

    @Test
    void whatIsSecretIsNotShown() {
        assertThat(settings(
                        Map.of(
                                "fleet.admin-token", "t0p",
                                "fleet.session-secret", "t0p",
                                "fleet.redis.password", "t0p",
                                "fleet.s3.access-key", "t0p",
                                "fleet.redis.hosts", "redis://me:t0p@host:1"),
                        Map.of()))
                .hasSize(5)
                .noneMatch(setting -> setting.value() != null && setting.value().contains("t0p"))
                .contains(new Setting("fleet.redis.hosts", "redis://***@host:1", "a-file"));
    }

    @Test
    void secretsOfTasksAreNoSettings() {
        assertThat(settings(
                        Map.of("fleet.secrets.env-prefix", "FLEET_MINE_"),
                        Map.of("FLEET_MINE_github", "t0p", "FLEET_MINE_API", "t0p", "FLEET_RUNTIME", "docker")))
                .extracting(Setting::value)
                .contains("docker", "FLEET_MINE_")
                .doesNotContain("t0p");
    }
}
