package dev.fleetrunner.pipeline.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.runtime.fake.FakeRuntime;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.workspace.Caches;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache is forgotten only when it is known to be gone. */
class CachesShelfTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private boolean removed(List<ContainerRuntime> found) {
        var register = new Caches(directory, Runnable::run, Clock.systemUTC());
        var runtimes = new Runtimes(() -> Uni.createFrom().item(found));
        runtimes.refresh().await().atMost(SOON);
        String key = register.touch("ci", "pip", "1000:1000").await().atMost(SOON);

        boolean removed =
                new CachesShelf(register, runtimes).remove(key).await().atMost(SOON);

        assertThat(register.list().await().atMost(SOON)).hasSize(removed ? 0 : 1);
        return removed;
    }

    @Test
    void itStaysWhileNoRuntimeIsKnown() {
        assertThat(removed(List.of())).isFalse();
    }

    @Test
    void itGoesWhenEveryRuntimeHasRemovedIt() {
        assertThat(removed(List.of(new FakeRuntime("fake", Runnable::run, spec -> Script.PASSES, (task, cue) -> {}))))
                .isTrue();
    }
}
