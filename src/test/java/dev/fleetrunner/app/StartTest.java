package dev.fleetrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that cannot start says why, names the setting, and ends. */
@QuarkusMainTest
@Timeout(60)
@TestProfile(StartTest.Bare.class)
class StartTest {
    /** System properties of a launch would not win over settings of a profile. */
    public static final class Bare implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fleet.engine.usual-sockets", "false", "quarkus.http.test-port", "0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fleet.max-concurrent, 0",
        "fleet.max-concurrent, many",
        "fleet.queue-size, -1",
        "fleet.runtime, rkt",
        "fleet.store, redis",
        "fleet.admin-token, short",
        "fleet.logs.max-bytes, much",
        "fleet.stop-limit, soon",
        "fleet.storage.min-free, -1",
        "fleet.retention.every, 0s",
        "fleet.retention.tasks.max-age, -1d",
        "fleet.retention.tasks.max-count, -1",
        "fleet.retention.artifacts.max-bytes, much"
    })
    void refusesABadSetting(String setting, String value, QuarkusMainLauncher launcher) {
        String output = launch(launcher, Map.of(setting, value));
        assertThat(output).contains(setting);
    }

    @Test
    void refusesAWallOfABadName(QuarkusMainLauncher launcher) {
        String output = launch(launcher, Map.of("fleet.isolation.gVisor.runtime", "runsc"));
        assertThat(output).contains("fleet.isolation.gVisor: a wall's name is lower-case letters");
    }

    @Test
    void refusesADirectoryThatIsInUse(@TempDir Path directory, QuarkusMainLauncher launcher) {
        try (var other = DataDirectory.open(directory)) {
            String output = launch(launcher, Map.of("fleet.data-dir", directory.toString()));
            assertThat(other.instance()).isNotBlank();
            assertThat(output)
                    .contains("fleet.data-dir " + directory
                            + " is used by another runner; stop it, or set another directory");
        }
    }

    private static String launch(QuarkusMainLauncher launcher, Map<String, String> settings) {
        settings.forEach(System::setProperty);
        try {
            LaunchResult result = launcher.launch();
            assertThat(result.exitCode()).isNotZero();
            return result.getOutput() + result.getErrorOutput();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }
}
