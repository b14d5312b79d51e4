package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.OwnedContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two services on one storage see the same containers, and each looks after its own. */
@Tag("engine")
class SharedStorageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String instance = UlidCreator.getUlid().toString();
    private final EngineFixture usual = new EngineFixture(Dialect.PODMAN);
    private final EngineFixture gvisor = EngineFixture.PODMAN_GVISOR;
    private final Wall own = new Wall("gvisor", "runsc", "/run/the/walls.sock", false);

    @Test
    void aTaskBehindAWallIsThatServicesAloneWhileItIsConfigured() {
        assumeTrue(usual.available() && gvisor.available(), "both services are there");
        ContainerRuntime behind = gvisor.open(instance);
        ContainerRuntime beside = usual.open(instance, Walls.of(Dialect.PODMAN, List.of(own)));
        ContainerRuntime later = usual.open(instance, Walls.of(Dialect.PODMAN, List.of()));
        var ref = new ContainerRef("shared");
        try {
            behind.prepare(spec(ref.taskId(), "gvisor"))
                    .collect()
                    .last()
                    .await()
                    .atMost(LIMIT);

            assertThat(owned(behind)).contains(ref);
            assertThat(owned(beside)).isEmpty();
            assertThat(owned(later)).contains(ref);
        } finally {
            behind.remove(ref).await().atMost(LIMIT);
            assertThat(owned(later)).isEmpty();
            gvisor.close(behind);
            List.of(beside, later).forEach(usual::close);
        }
    }

    private static List<ContainerRef> owned(ContainerRuntime runtime) {
        return runtime.owned()
                .map(OwnedContainer::ref)
                .collect()
                .asList()
                .await()
                .atMost(LIMIT);
    }

    private static ContainerSpec spec(String taskId, String isolation) {
        return new ContainerSpec(
                taskId,
                "localhost/fleet-runner-base:latest",
                List.of("true"),
                Map.of(),
                List.of(),
                "4321:4321",
                new Resources(1000, 256L << 20, 512, null),
                Set.of(),
                TaskSpec.Network.NONE,
                isolation,
                Grant.NOTHING,
                60,
                5,
                Map.of(),
                false,
                1 << 20,
                List.of());
    }
}
