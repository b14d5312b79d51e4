package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.engine.SeedImages.Directories;
import io.vertx.core.VertxOptions;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is removed of the runner's own things at an engine, and what is not. */
class TidyTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String API = "/v1.41";
    private static final String OWN = "fleetrunner-init-aaaaaaaaaaaa";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    static Stream<EngineFixture> fixtures() {
        return Stream.of(new EngineFixture(Dialect.PODMAN), new EngineFixture(Dialect.DOCKER))
                .filter(EngineFixture::available);
    }

    @Tag("engine")
    @ParameterizedTest
    @MethodSource("fixtures")
    void aSeedImageGoesWhenItWasNotAskedForSinceTheLastTime(EngineFixture fixture) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        var wanted = new Directories("1000:1000", Set.of("/" + System.nanoTime()));
        try (var client = fixture.client(vertx)) {
            var images = new SeedImages(client, API);
            images.with(wanted).await().atMost(LIMIT);
            images.tidy().await().atMost(LIMIT);
            assertThat(isThere(client, wanted)).isTrue();

            images.tidy().await().atMost(LIMIT);

            assertThat(isThere(client, wanted)).isFalse();
            images.with(wanted).await().atMost(LIMIT);
            assertThat(isThere(client, wanted)).isTrue();
            fixture.removeImage(wanted.repository());
        } finally {
            vertx.closeAndAwait();
        }
    }

    private static boolean isThere(EngineClient client, Directories directories) {
        return client.get(API + "/images/" + directories.repository() + "/json")
                .await()
                .atMost(LIMIT)
                .ok();
    }

    @Test
    void onlyOldInitVolumesOfOtherVersionsAreLeftOver() {
        assertThat(isLeftOver("fleetrunner-init-bbbbbbbbbbbb", "2026-11-20T12:00:00+02:00"))
                .isTrue();
        assertThat(isLeftOver("fleetrunner-init-bbbbbbbbbbbb", "2026-11-22T11:00:00Z"))
                .isFalse();
        assertThat(isLeftOver(OWN, "2026-11-20T12:00:00Z")).isFalse();
        assertThat(isLeftOver("fleetrunner-init-of-mine", "2026-11-20T12:00:00Z"))
                .isFalse();
        assertThat(isLeftOver("data", "2026-11-20T12:00:00Z")).isFalse();
    }

    private static boolean isLeftOver(String name, String createdAt) {
        JsonNode volume = EngineAnswer.parse(EngineAnswer.encode(Map.of("Name", name, "CreatedAt", createdAt))
                .getBytes());
        return Seeds.isLeftOver(volume, OWN, NOW);
    }
}
