package dev.fleetrunner.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.cli.FleetFile;
import dev.fleetrunner.console.WithPodman;
import dev.fleetrunner.console.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The protocol's own client calls every tool. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OfficialClientTest {
    private final String address =
            ConfigProvider.getConfig().getValue("test.url", String.class).replaceAll("/$", "");

    @BeforeEach
    void present() {
        WithPodman.present();
    }

    @Test
    void everyToolOverHttp() {
        hold(Map.of("FLEET_TOKEN", WithoutEngine.TOKEN), "http", address + "/mcp");
    }

    @Test
    void everyToolOverStandardInputAndOutput(@TempDir Path directory) throws IOException, InterruptedException {
        Path fleet = FleetFile.make(directory);

        hold(
                Map.of("FLEET_URL", address, "FLEET_TOKEN", WithoutEngine.TOKEN),
                "stdio",
                fleet.toAbsolutePath().toString(),
                "mcp");
    }

    @Test
    void everyToolInOneProcess() {
        hold(
                Map.of(
                        "FLEET_ENGINE_SOCKETS", WithPodman.SOCKET,
                        "FLEET_ENGINE_USUAL_SOCKETS", "false",
                        "FLEET_TEST_ONE_CONNECTION", "true"),
                "stdio",
                FleetFile.built().toString(),
                "mcp",
                "--local");
    }

    private static void hold(Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of("node", "every-tool.mjs"));
        command.addAll(List.of(arguments));

        var ended = NodeClients.run(environment, command);

        assertThat(ended.code()).as(ended.told()).isZero();
        assertThat(ended.told()).contains("ok everything");
    }
}
