package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Real pulls by real engines, from a registry that can be told to fail and to hang. */
@Tag("engine")
@ParameterizedClass(name = "{0}")
@MethodSource("fixtures")
class ImagePullTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    static Stream<EngineFixture> fixtures() {
        return Stream.of(Dialect.PODMAN, Dialect.DOCKER).map(EngineFixture::new).filter(EngineFixture::available);
    }

    @Parameter
    EngineFixture fixture;

    private TestRegistry registry;
    private ContainerRuntime runtime;
    private String taskId;

    @BeforeEach
    void open() throws IOException {
        byte[] content = new byte[2 << 20];
        // Another image each time, so that the engine has none of its layers.
        new Random().nextBytes(content);
        registry = new TestRegistry(
                new Tar().file("content", content, 0644).toBuffer().getBytes());
        runtime = fixture.open(UlidCreator.getUlid().toString());
        taskId = UlidCreator.getUlid().toString();
    }

    @AfterEach
    void close() {
        runtime.remove(new ContainerRef(taskId)).await().atMost(LIMIT);
        fixture.removeImage(registry.image());
        fixture.close(runtime);
        registry.close();
    }

    @Test
    void anAbsentImageIsPulledWithProgress() {
        List<Preparation> steps = prepare(registry.image());
        assertThat(steps).filteredOn(Preparation.Pulling.class::isInstance).isNotEmpty();
        assertThat(steps).filteredOn(Preparation.ImagePresent.class::isInstance).singleElement();
        assertThat(steps).last().isInstanceOf(Preparation.Ready.class);
        assertThat(prepare(registry.image()))
                .filteredOn(Preparation.Pulling.class::isInstance)
                .isEmpty();
    }

    @Test
    void aHiccupOfTheRegistryIsTriedAgain() {
        registry.failNext(1);
        assertThat(prepare(registry.image())).last().isInstanceOf(Preparation.Ready.class);
    }

    @Test
    void aRegistryThatKeepsFailingIsACause() {
        registry.failNext(1000);
        assertThatThrownBy(() -> prepare(registry.image()))
                .satisfies(failure -> isCause(failure, CauseCode.IMAGE_PULL_FAILED));
    }

    @Test
    void anImageThatTheRegistryDoesNotKnowIsNotFound() {
        assertThatThrownBy(() -> prepare(registry.absentImage()))
                .satisfies(failure -> isCause(failure, CauseCode.IMAGE_NOT_FOUND));
    }

    @Test
    void aPullThatHangsCanBeGivenUp() {
        registry.hang();
        AssertSubscriber<Preparation> waiting =
                runtime.prepare(spec(registry.image())).subscribe().withSubscriber(AssertSubscriber.create(100));
        waiting.awaitNextItem(LIMIT);
        waiting.cancel();
        assertThat(runtime.owned().collect().asList().await().atMost(LIMIT)).isEmpty();
    }

    private static void isCause(Throwable failure, CauseCode code) {
        assertThat(failure).isInstanceOfSatisfying(RuntimeFailure.class, known -> assertThat(
                        known.reason().code())
                .as(known.reason().message())
                .isEqualTo(code));
    }

    private List<Preparation> prepare(String image) {
        return runtime.prepare(spec(image)).collect().asList().await().atMost(LIMIT);
    }

    private ContainerSpec spec(String image) {
        return new ContainerSpec(
                taskId,
                image,
                List.of("true"),
                Map.of(),
                List.of(),
                TaskSpec.DEFAULT_USER,
                Resources.DEFAULT,
                Set.of(),
                TaskSpec.Network.NONE,
                TaskSpec.DEFAULT_ISOLATION,
                Grant.NOTHING,
                60,
                1,
                Map.of(),
                false,
                1 << 20,
                List.of());
    }
}
