package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static dev.fleetrunner.pipeline.Runner.OWNER;
import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.app.StoreCodec;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.runtime.fake.Step;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.store.StoreUnavailable.Reason;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What holds for many tasks at once, and for one in the midst of trouble. */
class PipelineTest extends WithRunner {

    private static List<String> submitAll(Runner runner, int count) {
        byte[] spec = SPEC.getBytes(StandardCharsets.UTF_8);
        return Multi.createFrom()
                .range(0, count)
                .onItem()
                .transformToUni(i -> runner.tasks
                        .submit(operator("owner" + i % 7), spec, null)
                        .map(accepted -> accepted.task().row().id()))
                .merge(64)
                .collect()
                .asList()
                .await()
                .atMost(SOON);
    }

    private Map<String, Long> ends() {
        List<StoredEvent> all = new ArrayList<>();
        List<StoredEvent> page;
        do {
            long from = all.isEmpty() ? 0 : all.get(all.size() - 1).position();
            page = ground.store.after(from, 1000).await().atMost(SOON);
            all.addAll(page);
        } while (!page.isEmpty());
        return all.stream()
                .filter(stored -> stored.event() instanceof TaskEvent.Finished)
                .collect(Collectors.groupingBy(StoredEvent::taskId, Collectors.counting()));
    }

    @Test
    void everyPlaceIsTaken() {
        Runner runner = runner(setup(3, LASTS)).begin();
        List<String> ids = submitAll(runner, 5);
        await().atMost(SOON).until(() -> runner.engine.containers().size() == 3);
        assertThat(runner.occupancy.waiting()).isEqualTo(2);
        assertThat(runner.occupancy.running(operator("alice"))).hasSize(3);

        ids.forEach(id -> runner.tasks.cancel(operator("alice"), id).await().atMost(SOON));

        runner.awaitIdle();
        assertThat(runner.engine.most()).isEqualTo(3);
    }

    @Test
    void noMoreRunAtOnceThanThereArePlaces() {
        Runner runner = runner(setup(7, Script.PASSES)).begin();

        List<String> ids = submitAll(runner, 500);
        runner.awaitIdle();

        assertThat(runner.engine.most()).isLessThanOrEqualTo(7);
        assertThat(ends()).containsOnlyKeys(ids).allSatisfy((id, times) -> assertThat(times)
                .isEqualTo(1));
        assertThat(runner.tasks.counts(operator("alice")).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PASSED, 500L));
        assertThat(runner.engine.containers()).isEmpty();
    }

    @Test
    void twoThousandThatWaitAllEndOnce() {
        Runner runner = runner(setup(16, Script.PASSES));
        List<String> ids = submitAll(runner, 2000);
        assertThat(runner.occupancy.waiting()).isEqualTo(2000);

        runner.begin();
        runner.awaitIdle();

        assertThat(ends()).hasSize(2000).containsOnlyKeys(ids).allSatisfy((id, times) -> assertThat(times)
                .isEqualTo(1));
        assertThat(runner.engine.most()).isLessThanOrEqualTo(16);
        assertThat(runner.occupancy.waiting()).isZero();
    }

    @Test
    void aCancelAtAnyMomentEndsATaskOnce() {
        Runner runner = runner(setup(4, Script.PASSES)).begin();
        List<String> moments = List.of("submitted", "preparing", "started", "collecting", "finished");
        AtomicInteger count = new AtomicInteger();
        runner.journal.whenDurable((task, event) -> {
            String type = new StoreCodec().type(event);
            if (moments.contains(type) && count.incrementAndGet() % 3 == 0) {
                ground.worker.execute(() ->
                        runner.tasks.cancel(operator("alice"), task).subscribe().with(done -> {}, refused -> {}));
            }
        });

        List<String> ids = submitAll(runner, 300);
        runner.awaitIdle();

        assertThat(ends()).containsOnlyKeys(ids).allSatisfy((id, times) -> assertThat(times)
                .isEqualTo(1));
        assertThat(runner.tasks.counts(operator("alice")).await().atMost(SOON))
                .containsOnlyKeys(TaskStatus.PASSED, TaskStatus.CANCELLED);
        assertThat(runner.engine.containers()).isEmpty();
        assertThat(runner.occupancy.running(operator("alice"))).isEmpty();
    }

    @Test
    void theResultIsAwaitedForAsLongAsTheCallerLikes() {
        Runner runner = runner(setup(1, LASTS)).begin();
        String id = runner.submit(SPEC);

        assertThat(runner.tasks
                        .awaitResult(operator("alice"), id, Duration.ofMillis(50))
                        .await()
                        .atMost(SOON))
                .isEmpty();
        assertThat(runner.tasks
                        .awaitResult(operator("alice"), id, Duration.ZERO)
                        .await()
                        .atMost(SOON))
                .isEmpty();
        var waiting = runner.tasks.awaitResult(operator("alice"), id, SOON).subscribeAsCompletionStage();
        runner.tasks.cancel(operator("alice"), id).await().atMost(SOON);

        await().atMost(SOON).until(waiting::isDone);
        assertThat(waiting.join().orElseThrow().status()).isEqualTo(TaskStatus.CANCELLED);
        await().atMost(SOON).until(() -> ground.store.followed() == 0);
        assertThat(runner.tasks.awaitResult(operator("alice"), id, SOON).await().atMost(SOON))
                .isEqualTo(waiting.join());
    }

    @Test
    void eventsAreToldLiveUntilTheEnd() {
        Runner runner = runner(setup(1, LASTS)).begin();
        String id = runner.submit(SPEC);
        AssertSubscriber<StoredEvent> all = runner.tasks
                .events(operator("alice"), id, 0)
                .await()
                .atMost(SOON)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(100));
        all.awaitItems(3, SOON);
        AssertSubscriber<StoredEvent> rest = runner.tasks
                .events(operator("alice"), id, 2)
                .await()
                .atMost(SOON)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(100));

        runner.tasks.cancel(operator("alice"), id).await().atMost(SOON);

        all.awaitCompletion(SOON);
        rest.awaitCompletion(SOON);
        assertThat(all.getItems()).extracting(StoredEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(rest.getItems()).extracting(StoredEvent::sequence).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void theLogIsFollowedLiveUntilTheEnd() {
        Script script = Script.PASSES.withOutput(new Step.Write(LogStream.STDOUT, "here\n"), new Step.UntilStopped());
        Runner runner = runner(setup(1, script)).begin();
        String id = runner.submit(SPEC);
        OpenLog log = runner.tasks.log(operator("alice"), id).await().atMost(SOON);
        var follower = log.follow(LogQuery.all()).subscribe().withSubscriber(AssertSubscriber.create(100));
        follower.awaitItems(1, SOON);

        runner.tasks.cancel(operator("alice"), id).await().atMost(SOON);

        follower.awaitCompletion(SOON);
    }

    @Test
    void aLogThatACrashLeftOpenIsEndedForWhoeverAsksForIt() {
        Runner runner = runner(setup(0, Script.PASSES)).begin();
        String id = runner.submit(SPEC);
        runner.tasks.cancel(operator("alice"), id).await().atMost(SOON);
        runner.result(id);
        runner.logs.delete(id).await().atMost(SOON);

        assertThat(runner.tasks
                        .log(operator("alice"), id)
                        .await()
                        .atMost(SOON)
                        .info()
                        .sealed())
                .isTrue();

        runner.logs.follow(id, LogQuery.all()).collect().asList().await().atMost(SOON);
    }

    @Test
    void whatIsBeingDoneIsToldWhileItIs() {
        Script script = Script.PASSES.withPrepare(
                new Step.Tell(new Preparation.Pulling("layer 1 of 3", null, null)), new Step.Hang());
        Runner runner = runner(setup(1, script)).begin();
        String id = runner.submit(SPEC);

        await().atMost(SOON).untilAsserted(() -> assertThat(runner.tasks
                        .get(operator("alice"), id)
                        .await()
                        .atMost(SOON)
                        .progress())
                .isEqualTo("pulling localhost/base:latest: layer 1 of 3"));

        runner.tasks.cancel(operator("alice"), id).await().atMost(SOON);
        runner.result(id);
        assertThat(runner.tasks.get(operator("alice"), id).await().atMost(SOON).progress())
                .isNull();
    }

    @Test
    void usageIsSampledWhileTheCommandRuns() {
        Runner runner = runner(setup(1, LASTS)).begin();
        String id = runner.submit(SPEC);

        await().atMost(SOON).until(() -> runner.occupancy.running(operator("alice")).stream()
                .anyMatch(task -> task.id().equals(id) && task.usage() != null));

        assertThat(runner.engine.openStreams()).isEqualTo(2);
        runner.tasks.cancel(operator("alice"), id).await().atMost(SOON);
        runner.result(id);
    }

    @Test
    void aSlowJournalSlowsTasksDownAndLosesNone() {
        Runner runner = runner(setup(4, Script.PASSES)).begin();
        runner.journal.slowDown(Duration.ofMillis(20));

        List<String> ids = submitAll(runner, 30);
        runner.awaitIdle();

        assertThat(ends()).containsOnlyKeys(ids);
        assertThat(runner.events(ids.get(0)))
                .containsExactly("submitted", "preparing", "started", "collecting", "finished");
    }

    @Test
    void aStoreThatIsFullForAWhileLosesNoResult() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        Set<Class<?>> refused = ConcurrentHashMap.newKeySet();
        runner.journal.refuse(event -> !(event instanceof TaskEvent.Submitted) && refused.add(event.getClass())
                ? new StoreUnavailable(Reason.STORAGE_FULL, "disk full", null)
                : null);

        TaskResult result = runner.result(runner.submit(SPEC));

        assertThat(result.status()).isEqualTo(TaskStatus.PASSED);
        assertThat(refused).hasSize(4);
        assertThat(runner.engine.containers()).isEmpty();
    }

    @Test
    void aWishThatCannotBeWrittenDownIsRefused() {
        Runner runner = runner(setup(1, LASTS)).begin();
        String id = runner.submit(SPEC);
        runner.journal.refuse(event -> event instanceof TaskEvent.CancelRequested
                ? new StoreUnavailable(Reason.OVERLOADED, "too much", null)
                : null);

        Refusal refusal =
                refused(() -> runner.tasks.cancel(operator("alice"), id).await().atMost(SOON));

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.QUEUE_FULL);
        runner.journal.refuse(event -> null);
        runner.tasks.cancel(operator("alice"), id).await().atMost(SOON);
        assertThat(runner.result(id).status()).isEqualTo(TaskStatus.CANCELLED);
    }

    @Test
    void anEngineThatFailedATaskIsAskedBeforeTheNext() {
        Script dies = Script.PASSES.withOutput(new Step.Die());
        AtomicInteger count = new AtomicInteger();
        Runner runner = runner(
                        setup(1, Script.PASSES).scripts(spec -> count.getAndIncrement() == 0 ? dies : Script.PASSES))
                .begin();
        String first = runner.submit(SPEC);
        assertThat(runner.result(first).cause().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);

        String second = runner.submit(SPEC);

        assertThat(runner.result(second).cause().code()).isEqualTo(CauseCode.ENGINE_UNAVAILABLE);
        assertThat(runner.engine.calls(second)).isEmpty();
        runner.engine.alive(true);
        assertThat(runner.result(runner.submit(SPEC)).status()).isEqualTo(TaskStatus.PASSED);
    }

    @Test
    void bindsAreHeldUntilTheContainerIsGone() throws IOException {
        Files.createDirectories(ground.root.resolve("work/sub"));
        String above = bind(ground.root.resolve("work"));
        String below = bind(ground.root.resolve("work/sub"));
        Runner runner = runner(setup(2, LASTS)).begin();
        String first = runner.submit(above);
        await().atMost(SOON).until(() -> runner.events(first).contains("started"));

        TaskResult refused = runner.tasks
                .awaitResult(operator("alice"), runner.submit(below), SOON)
                .await()
                .atMost(SOON)
                .orElseThrow();

        assertThat(refused.cause().code()).isEqualTo(CauseCode.MOUNT_INVALID);
        assertThat(runner.engine.calls(refused.id())).isEmpty();
        runner.tasks.cancel(operator("alice"), first).await().atMost(SOON);
        runner.result(first);
        String again = runner.submit(below);
        await().atMost(SOON).until(() -> runner.events(again).contains("started"));
        runner.tasks.cancel(operator("alice"), again).await().atMost(SOON);
        runner.result(again);
    }

    private static String bind(Path source) {
        return "{\"cmd\":[\"a\"],\"mounts\":[{\"type\":\"bind\",\"source\":\"" + source + "\",\"target\":\"/w\"}]}";
    }

    /** A device that takes no byte stands in for a full disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskWithoutRoomForTheLogEndsTheTask() {
        Script script = Script.PASSES.withOutput(new Step.Write(LogStream.STDOUT, "here\n"), new Step.UntilStopped());
        Runner runner = runner(setup(1, script)).begin();
        runner.journal.whenDurable((task, event) -> {
            if (event instanceof TaskEvent.Preparing) {
                fillDisk(runner.logs.info(task).await().atMost(SOON).file());
            }
        });

        TaskResult result =
                runner.result(runner.submit(OWNER, SPEC, null).task().row().id());

        assertThat(result.cause().code()).isEqualTo(CauseCode.STORAGE_FULL);
        assertThat(result.cause().message()).contains("log");
        assertThat(runner.engine.containers()).isEmpty();
    }

    private static void fillDisk(Path log) {
        try {
            Files.createDirectories(log.getParent());
            Files.createSymbolicLink(log, Path.of("/dev/full"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
