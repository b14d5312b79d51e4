package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.TaskSpec.Network;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import io.vertx.core.VertxOptions;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine that does not see the sockets is found out before the command starts. */
@Tag("engine")
class WayOutTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aSocketThatTheEngineDoesNotSeeIsACause(Dialect dialect) throws Exception {
        var fixture = new EngineFixture(dialect);
        assumeTrue(fixture.available(), "no such engine is there to be tested");
        String instance = UlidCreator.getUlid().toString();
        String task = UlidCreator.getMonotonicUlid().toString();
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try (var egress = TestEgress.open(vertx, instance);
                var runtime = new EngineRuntime(
                        dialect,
                        Walls.of(dialect, List.of()),
                        instance,
                        vertx,
                        fixture.socket(),
                        new OutletSettings(egress.egress(), GatewayLimits.DEFAULT, egress.worker()));
                var client = fixture.client(vertx)) {
            var wayOut = new WayOut(client, egress.egress());
            Path directory = wayOut.open(restricted(task)).await().atMost(LIMIT);
            runtime.prepare(restricted(task)).collect().last().await().atMost(LIMIT);
            String uri = "/v1.41/containers/fleetrunner-" + task;
            wayOut.check(uri, directory).await().atMost(LIMIT);
            Files.delete(directory.resolve("tcp-3128"));

            assertThatThrownBy(() -> wayOut.check(uri, directory).await().atMost(LIMIT))
                    .isInstanceOfSatisfying(RuntimeFailure.class, failure -> {
                        assertThat(failure.reason().code()).isEqualTo(CauseCode.NOT_SUPPORTED);
                        assertThat(failure.reason().message()).contains("fleet.socket-dir", directory.toString());
                    });
            runtime.remove(new ContainerRef(task)).await().atMost(LIMIT);
            assertThat(directory).doesNotExist();
        }
        vertx.closeAndAwait();
    }

    private static ContainerSpec restricted(String task) {
        return new ContainerSpec(
                task,
                "localhost/fleet-runner-base:latest",
                List.of("true"),
                Map.of(),
                List.of(),
                "1000:1000",
                new Resources(1000, 256L << 20, 100, null),
                Set.of(),
                new Network(Network.Mode.RESTRICTED, List.of()),
                TaskSpec.DEFAULT_ISOLATION,
                Grant.NOTHING,
                100,
                5,
                Map.of(),
                false,
                64L << 20,
                List.of());
    }
}
