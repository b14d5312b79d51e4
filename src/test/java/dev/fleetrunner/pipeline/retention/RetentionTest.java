package dev.fleetrunner.pipeline.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.files.TaskDirectories;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogRecord;
import dev.fleetrunner.logs.LogWriter;
import dev.fleetrunner.pipeline.retention.Retention.Shelved;
import dev.fleetrunner.store.Appending;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes, what stays, and in which order. */
class RetentionTest extends WithStores {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void whatIsTooOldGoesWithAllThatBelongsToIt() {
        String old = whole(NOON.minus(DAY).minusSeconds(1));
        String young = whole(NOON.minus(DAY));

        Swept swept = sweep(taskShelf(), new Rule(DAY, 0, 0));

        nothingIsLeftOf(old);
        assertThat(isThere(young)).isTrue();
        assertThat(files(young)).hasSizeGreaterThan(3);
        assertThat(swept).isEqualTo(new Swept("tasks", 1, 0, Map.of(Reason.AGE, 1L)));
    }

    @Test
    void ageCountsFromTheClock() {
        String id = whole(NOON);
        Rule rule = new Rule(DAY, 0, 0);
        sweep(taskShelf(), rule);
        assertThat(isThere(id)).isTrue();

        clock.set(NOON.plus(DAY).plusSeconds(1));
        sweep(taskShelf(), rule);

        nothingIsLeftOf(id);
    }

    /** The order is that of their ends, not that of their submission. */
    @Test
    void ofTooManyTheOldestGo() {
        String newest = whole(NOON);
        String oldest = whole(NOON.minusSeconds(30));
        String second = whole(NOON.minusSeconds(20));
        String third = whole(NOON.minusSeconds(10));

        Swept swept = sweep(taskShelf(), new Rule(Duration.ZERO, 2, 0));

        nothingIsLeftOf(oldest);
        nothingIsLeftOf(second);
        assertThat(isThere(third)).isTrue();
        assertThat(isThere(newest)).isTrue();
        assertThat(swept).isEqualTo(new Swept("tasks", 2, 0, Map.of(Reason.COUNT, 2L)));
    }

    @Test
    void ofTooMuchTheOldestGoAndTheTasksStay() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String id = over(NOON.minusSeconds(40 - i));
            log(id, "x".repeat(10_000) + "\n", NOON.minusSeconds(40 - i));
            ids.add(id);
        }

        Swept swept = sweep(logShelf(), new Rule(Duration.ZERO, 0, 25_000));

        assertThat(files(ids.get(0))).isEmpty();
        assertThat(files(ids.get(1))).isEmpty();
        assertThat(files(ids.get(2))).isNotEmpty();
        assertThat(files(ids.get(3))).isNotEmpty();
        assertThat(ids).allMatch(this::isThere);
        assertThat(swept.removed()).isEqualTo(Map.of(Reason.BYTES, 2L));
        assertThat(swept.items()).isEqualTo(2);
        assertThat(swept.bytes())
                .isEqualTo(files().stream().mapToLong(RetentionTest::size).sum());
        assertThat(logs.info(ids.get(0)).await().atMost(SOON).keptBytes()).isZero();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutLimitsEverythingStays() {
        String id = whole(NOON.minus(Duration.ofDays(20_000)));

        Swept swept = sweep(taskShelf(), NONE);

        assertThat(isThere(id)).isTrue();
        assertThat(swept).isEqualTo(new Swept("tasks", 1, 0, Map.of()));
    }

    @Test
    void limitsBelowZeroAreRefused() {
        assertThatThrownBy(() -> new Rule(DAY.negated(), 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rule(DAY, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rule(DAY, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotOverIsNeverTouched() {
        String queued = runner.queued();
        log(queued, "an earlier try\n", NOON.minus(DAY));
        String open = runner.queued();
        LogWriter writer = logs.open(open).await().atMost(SOON);
        age(open, NOON.minus(DAY));

        Rule strict = new Rule(Duration.ofNanos(1), 1, 1);
        for (Shelf shelf : List.of(taskShelf(), logShelf(), artifactShelf())) {
            assertThat(sweep(shelf, strict).removed()).isEmpty();
        }

        assertThat(isThere(queued)).isTrue();
        assertThat(files(queued)).isNotEmpty();
        assertThat(files(open)).isNotEmpty();
        writer.seal().await().atMost(SOON);
    }

    @Test
    void aTaskWhoseLogIsBeingReadIsLeftUntilItIsNot() {
        String id = whole(NOON.minus(DAY));
        AssertSubscriber<LogRecord> reader =
                logs.follow(id, LogQuery.all()).subscribe().withSubscriber(AssertSubscriber.create());
        String other = whole(NOON.minusSeconds(10));
        int files = files(id).size();
        reader.request(1);
        reader.awaitItems(1, SOON);
        log(over(NOON), "more\n", NOON);

        Swept swept = sweep(taskShelf(), new Rule(Duration.ZERO, 2, 0));

        assertThat(isThere(id)).isTrue();
        assertThat(files(id)).hasSize(files);
        nothingIsLeftOf(other);
        assertThat(swept).isEqualTo(new Swept("tasks", 2, 0, Map.of(Reason.COUNT, 1L)));
        reader.cancel();
        await().atMost(SOON).until(() -> {
            sweep(taskShelf(), new Rule(Duration.ofMinutes(1), 0, 0));
            return !isThere(id);
        });
        nothingIsLeftOf(id);
    }

    /** The runner dies after so many of the steps: log, artifacts, the task itself. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aRemovalThatWasCutOffIsRepeatedAndLeavesNoOrphan(int steps) {
        String id = whole(NOON.minus(DAY));
        Shelf stop = new Stop();
        List<Shelf> belongings = new ArrayList<>(List.of(logShelf(), artifactShelf()));
        belongings.add(steps, stop);
        Rule rule = new Rule(Duration.ofHours(1), 0, 0);

        Swept cut = sweep(taskShelf(belongings.toArray(Shelf[]::new)), rule);

        assertThat(cut.removed()).isEmpty();
        assertThat(isThere(id)).isTrue();
        assertThat(files(id).stream().anyMatch(file -> file.toString().contains("logs")))
                .isEqualTo(steps < 1);
        assertThat(files(id).stream().anyMatch(file -> file.toString().contains("artifacts")))
                .isEqualTo(steps < 2);
        sweep(taskShelf(), rule);
        nothingIsLeftOf(id);
    }

    /** Where the runner dies. */
    private static final class Stop implements Shelf {
        @Override
        public String kind() {
            return "stops";
        }

        @Override
        public Multi<Kept> kept() {
            return Multi.createFrom().failure(new IOException("the disk is gone"));
        }

        @Override
        public Uni<Boolean> remove(String id) {
            return Uni.createFrom().failure(new IOException("the disk is gone"));
        }
    }

    @Test
    void filesWithoutATaskGoWithTheFirstSweep() throws IOException {
        String id = whole(NOON);
        String queued = runner.queued();
        log(queued, "x\n", NOON);
        log("01ORPHAN", "x\n", NOON);
        artifact("01ORPHAN", NOON);
        Path half = new TaskDirectories(directory.resolve("artifacts")).of("02ORPHAN");
        Files.createDirectories(half.resolveSibling("02ORPHAN.new"));
        Files.write(half.resolveSibling("02ORPHAN.new").resolve("content"), new byte[10]);
        Retention retention = retention(new Shelved(logShelf(), NONE), new Shelved(artifactShelf(), NONE));

        List<Swept> swept = retention.sweep().await().atMost(SOON);

        assertThat(files("ORPHAN")).isEmpty();
        assertThat(files(id)).isNotEmpty();
        assertThat(files(queued)).isNotEmpty();
        assertThat(swept)
                .extracting(Swept::removed)
                .containsExactly(Map.of(Reason.ORPHAN, 1L), Map.of(Reason.ORPHAN, 2L));
        log("03ORPHAN", "x\n", NOON);
        retention.sweep().await().atMost(SOON);
        assertThat(files("03ORPHAN")).isNotEmpty();
    }

    @Test
    void aShelfThatFailsDoesNotKeepTheOthersFromTheirSweep() {
        String id = whole(NOON.minus(DAY));

        List<Swept> swept = retention(
                        new Shelved(new Stop(), NONE), new Shelved(taskShelf(), new Rule(Duration.ofHours(1), 0, 0)))
                .sweep()
                .await()
                .atMost(SOON);

        assertThat(swept).extracting(Swept::kind).containsExactly("tasks");
        nothingIsLeftOf(id);
    }

    @Test
    void aRunnerThatHasASuccessorForgetsNothing() {
        String id = over(NOON.minus(DAY));
        TasksShelf old = taskShelf();
        new Appending(store);

        List<Swept> swept = retention(new Shelved(old, new Rule(Duration.ofHours(1), 0, 0)))
                .sweep()
                .await()
                .atMost(SOON);

        assertThat(swept).isEmpty();
        assertThat(isThere(id)).isTrue();
    }

    @Test
    void twoAreNeverUnderWayAtOnce() {
        IntStream.range(0, 50).forEach(i -> over(NOON.minus(DAY)));
        AtomicInteger told = new AtomicInteger();
        Retention retention = new Retention(
                List.of(new Shelved(taskShelf(), new Rule(Duration.ofHours(1), 0, 0))),
                clock,
                (swept, time) -> told.incrementAndGet());

        var first = retention.sweep();
        var second = retention.sweep();

        assertThat(second.await().atMost(SOON)).isSameAs(first.await().atMost(SOON));
        assertThat(told).hasValue(1);
        assertThat(retention.sweep().await().atMost(SOON).get(0).removed()).isEmpty();
        assertThat(told).hasValue(2);
    }
}
