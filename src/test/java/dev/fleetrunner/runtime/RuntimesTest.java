package dev.fleetrunner.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fleetrunner.contract.Caller.Share;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.ImageRule;
import dev.fleetrunner.runtime.fake.FakeRuntime;
import dev.fleetrunner.runtime.fake.Script;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RuntimesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakeRuntime podman = runtime("podman");
    private final FakeRuntime docker = runtime("docker");
    private volatile Uni<List<ContainerRuntime>> found = Uni.createFrom().item(List.of(podman, docker));
    private final Runtimes runtimes = new Runtimes(() -> found);

    private static FakeRuntime runtime(String name) {
        return new FakeRuntime(name, Runnable::run, spec -> Script.PASSES, (task, cue) -> {});
    }

    private String chosen(String wanted) {
        return runtimes.choose(wanted, "default").await().atMost(SOON).runtime().name();
    }

    private RuntimeFailure refused(String wanted) {
        return catchThrowableOfType(RuntimeFailure.class, () -> chosen(wanted));
    }

    @Test
    void theFirstInOrderThatAnswersIsChosen() {
        assertThat(chosen("auto")).isEqualTo("podman");
        podman.alive(false);
        runtimes.refresh().await().atMost(SOON);

        assertThat(chosen("auto")).isEqualTo("docker");
        assertThat(runtimes.choose("auto", "default").await().atMost(SOON).reason())
                .contains("first");
    }

    @Test
    void whoWantsToKnowHowTheyAreWaitsForTheFirstLook() {
        var engines = new CompletableFuture<List<ContainerRuntime>>();
        found = Uni.createFrom().completionStage(engines);

        UniAssertSubscriber<Void> looked = runtimes.looked().subscribe().withSubscriber(UniAssertSubscriber.create());

        looked.assertNotTerminated();
        engines.complete(List.of(podman));
        looked.awaitItem(SOON);
        assertThat(runtimes.statuses().get("podman")).isInstanceOf(RuntimeStatus.Up.class);
        found = Uni.createFrom().nothing();
        runtimes.looked().await().atMost(SOON);
    }

    @Test
    void aNamedOneIsChosenWhateverTheOrder() {
        Runtimes.Choice choice = runtimes.choose("docker", "default").await().atMost(SOON);

        assertThat(choice.runtime()).isSameAs(docker);
        assertThat(choice.reason()).isEqualTo("named in the spec");
    }

    @Test
    void noneIsChosenThatTheGrantDoesNotAllow() {
        assertThat(chosen("auto", "dock*")).isEqualTo("docker");
        docker.alive(false);
        runtimes.refresh().await().atMost(SOON);

        for (String wanted : List.of("auto", "docker")) {
            assertThat(catchThrowableOfType(RuntimeFailure.class, () -> chosen(wanted, "dock*"))
                            .reason()
                            .code())
                    .isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        }
        RuntimeFailure denied = catchThrowableOfType(RuntimeFailure.class, () -> chosen("auto", "kubernetes"));
        assertThat(denied.reason().code()).isEqualTo(CauseCode.NOT_SUPPORTED);
        assertThat(denied.reason().message())
                .contains("rule narrow")
                .contains("kubernetes")
                .contains("podman, docker");
    }

    private String chosen(String wanted, String allowed) {
        Grant grant = new Grant("narrow", List.of(), true, List.of(), Share.WHOLE, ImageRule.ALL, List.of(allowed));
        return runtimes.choose(wanted, "default", grant)
                .await()
                .atMost(SOON)
                .runtime()
                .name();
    }

    @Test
    void aNamedOneThatIsDownIsNotReplaced() {
        docker.alive(false);

        RuntimeFailure refusal = refused("docker");

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        assertThat(refusal.reason().message()).isEqualTo("docker: the engine does not answer");
    }

    @Test
    void oneThatTheServiceDoesNotHaveIsNotSupported() {
        RuntimeFailure refusal = refused("kubernetes");

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.NOT_SUPPORTED);
        assertThat(refusal.reason().message()).contains("kubernetes", "podman, docker");
    }

    @Test
    void withNoneThatAnswersEveryReasonIsTold() {
        podman.alive(false);
        docker.alive(false);

        RuntimeFailure refusal = refused("auto");

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        assertThat(refusal.reason().message()).contains("podman: ", "docker: ");
    }

    @Test
    void whatIsFoundLaterIsChosenWhenItIsNeeded() {
        found = Uni.createFrom().item(List.of());
        assertThat(refused("auto").reason().message()).isEqualTo("no container engine was found");
        found = Uni.createFrom().item(List.of(docker));

        assertThat(chosen("auto")).isEqualTo("docker");
    }

    @Test
    void oneThatWasDownIsChosenAsSoonAsItAnswers() {
        podman.alive(false);
        docker.alive(false);
        refused("auto");
        podman.alive(true);

        assertThat(chosen("auto")).isEqualTo("podman");
    }

    @Test
    void oneThatFailedATaskIsAskedBeforeTheNext() {
        assertThat(chosen("podman")).isEqualTo("podman");
        podman.alive(false);
        runtimes.doubt("podman", "it failed a task");

        assertThat(chosen("auto")).isEqualTo("docker");
        assertThat(refused("podman").reason().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        podman.alive(true);
        assertThat(chosen("podman")).isEqualTo("podman");
    }

    @Test
    void aSearchThatFailsForgetsNothing() {
        assertThat(chosen("auto")).isEqualTo("podman");
        found = Uni.createFrom().failure(new IllegalStateException("no access"));

        assertThat(runtimes.refresh().await().atMost(SOON)).containsOnlyKeys("podman", "docker");
        assertThat(runtimes.all()).containsExactly(podman, docker);
        assertThat(runtimes.byName("docker")).containsSame(docker);
    }

    @Test
    void newOnesKeepTheOrderOfTheSearch() {
        found = Uni.createFrom().item(List.of(docker));
        runtimes.refresh().await().atMost(SOON);
        found = Uni.createFrom().item(List.of(podman));

        assertThat(runtimes.refresh().await().atMost(SOON).keySet()).containsExactly("podman", "docker");
        assertThat(runtimes.statuses().values()).allMatch(RuntimeStatus.Up.class::isInstance);
    }

    @Test
    void aWallIsGivenByTheOneThatHasIt() {
        docker.gives("default", "gvisor");

        assertThat(runtimes.choose("auto", "gvisor").await().atMost(SOON))
                .returns(docker, Runtimes.Choice::runtime)
                .returns(
                        "the first in the service's order that answers, with isolation gvisor",
                        Runtimes.Choice::reason);
        assertThat(chosen("auto")).isEqualTo("podman");
    }

    @Test
    void anEnginesNameStandsForItsServiceWithTheWall() {
        FakeRuntime behind = runtime("podman-gvisor").gives("gvisor");
        found = Uni.createFrom().item(List.of(podman, docker, behind));

        for (String wanted : List.of("podman", "podman-gvisor", "auto")) {
            assertThat(runtimes.choose(wanted, "gvisor").await().atMost(SOON).runtime())
                    .isSameAs(behind);
        }
        assertThat(chosen("auto")).isEqualTo("podman");
        podman.alive(false);
        docker.alive(false);
        runtimes.refresh().await().atMost(SOON);
        assertThat(refused("auto").reason().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        assertThat(refused("podman-gvisor").reason().code()).isEqualTo(CauseCode.NOT_SUPPORTED);
    }

    @Test
    void aWallThatNobodyGivesIsNotSupported() {
        for (String wanted : List.of("auto", "podman")) {
            RuntimeFailure refusal = catchThrowableOfType(
                    RuntimeFailure.class,
                    () -> runtimes.choose(wanted, "gvisor").await().atMost(SOON));

            assertThat(refusal.reason().code()).isEqualTo(CauseCode.NOT_SUPPORTED);
            assertThat(refusal.reason().message()).contains("gvisor", "podman gives default", "docs/isolation.md");
        }
    }

    @Test
    void anEngineForAWallThatHasNotAnsweredYetIsWaitedFor() {
        var waiting = new Runtimes(() -> found, Set.of("gvisor"));

        for (String wanted : List.of("auto", "podman", "podman-gvisor")) {
            RuntimeFailure refusal = catchThrowableOfType(
                    RuntimeFailure.class,
                    () -> waiting.choose(wanted, "gvisor").await().atMost(SOON));
            assertThat(refusal.reason().code()).as(wanted).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        }
    }
}
