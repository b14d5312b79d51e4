package dev.fleetrunner.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.WithPodman;
import dev.fleetrunner.console.WithoutEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol's own client calls every tool. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class OfficialClientTest {
    @TestHTTPResource("/mcp")
    String address;

    @BeforeEach
    void present() {
        WithPodman.present();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyToolOverHttp() {
        var ended = NodeClients.run(
                Map.of("FLEET_TOKEN", WithoutEngine.TOKEN), List.of("node", "every-tool.mjs", "http", address));

        assertThat(ended.code()).as(ended.told()).isZero();
        assertThat(ended.told()).contains("ok everything");
    }
}
