package dev.fleetrunner.store;

import static dev.fleetrunner.store.Appending.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.store.Journal.Fenced;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.TaskIndex.Over;
import dev.fleetrunner.store.TaskIndex.OverPage;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding the tasks that are over, and forgetting them. */
interface ForgetContract {
    StoreFixture fixture();

    private Journal journal() {
        return fixture().journal();
    }

    private boolean forget(Epoch epoch, String id) {
        return journal().forget(epoch, id).await().atMost(SOON);
    }

    private List<StoredEvent> history(String id) {
        return journal().history(id).await().atMost(SOON);
    }

    private OverPage over(String cursor, int limit) {
        return fixture().index().over(cursor, limit).await().atMost(SOON);
    }

    private static List<String> ids(OverPage page) {
        return page.tasks().stream().map(Over::taskId).toList();
    }

    private static String passed(Appending runner, String key) {
        String id = Samples.id();
        TaskEvent[] events = Appending.whole(id);
        events[0] = Samples.submitted("ci", key);
        runner.task(id, events);
        return id;
    }

    @Test
    default void nothingIsLeftOfAForgottenTask() {
        Appending runner = new Appending(journal());
        String id = passed(runner, "key-1");
        String other = passed(runner, "key-2");
        List<StoredEvent> kept = history(other);

        assertThat(forget(runner.epoch(), id)).isTrue();

        assertThat(history(id)).isEmpty();
        assertThat(fixture().index().get(id).await().atMost(SOON)).isEmpty();
        assertThat(fixture().index().taskOfKey("ci", "key-1").await().atMost(SOON))
                .isEmpty();
        assertThat(fixture()
                        .index()
                        .find(TaskQuery.all(10))
                        .await()
                        .atMost(SOON)
                        .tasks())
                .extracting(TaskRow::id)
                .containsExactly(other);
        Map<String, String> label = Map.of("team", "authz");
        assertThat(fixture()
                        .index()
                        .find(new Query().labels(label).build())
                        .await()
                        .atMost(SOON)
                        .tasks())
                .extracting(TaskRow::id)
                .containsExactly(other);
        assertThat(fixture().index().counts(TaskQuery.all(1)).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PASSED, 1L));
        assertThat(ids(over(null, 10))).containsExactly(other);
        assertThat(journal().after(0, 100).await().atMost(SOON)).isEqualTo(kept);
    }

    @Test
    default void aForgottenKeyIsFreeAgain() {
        Appending runner = new Appending(journal());
        forget(runner.epoch(), passed(runner, "key-1"));

        assertThat(passed(runner, "key-1")).isNotNull();
    }

    @Test
    default void whatIsForgottenStaysForgotten() {
        Appending runner = new Appending(journal());
        String id = runner.passed();
        String other = runner.passed();
        forget(runner.epoch(), id);

        fixture().reopen();

        assertThat(history(id)).isEmpty();
        assertThat(ids(over(null, 10))).containsExactly(other);
    }

    @Test
    default void aTaskThatIsNotOverIsNotForgotten() {
        Appending runner = new Appending(journal());
        String queued = runner.queued();
        String running = Samples.id();
        runner.task(running, Samples.submitted("ci", null), Samples.preparing(), Samples.started());
        String collecting = Samples.id();
        runner.task(
                collecting,
                Samples.submitted("ci", null),
                Samples.preparing(),
                Samples.started(),
                Samples.collecting(0));

        for (String id : List.of(queued, running, collecting)) {
            List<StoredEvent> before = history(id);
            assertThat(forget(runner.epoch(), id)).isFalse();
            assertThat(history(id)).isEqualTo(before);
            assertThat(fixture().index().get(id).await().atMost(SOON)).isPresent();
        }
    }

    @Test
    default void whatIsNotThereIsNotForgotten() {
        Appending runner = new Appending(journal());
        String id = runner.passed();

        assertThat(forget(runner.epoch(), Samples.id())).isFalse();
        assertThat(forget(runner.epoch(), id)).isTrue();
        assertThat(forget(runner.epoch(), id)).isFalse();
    }

    @Test
    default void aFencedRunnerForgetsNothing() {
        Appending old = new Appending(journal());
        String id = old.passed();
        new Appending(journal());

        assertThatThrownBy(() -> forget(old.epoch(), id)).isInstanceOf(Fenced.class);
        assertThatThrownBy(() -> forget(old.epoch(), Samples.id())).isInstanceOf(Fenced.class);
        assertThat(history(id)).hasSize(6);
    }

    @Test
    default void aPositionIsNeverGivenOutTwice() {
        Appending runner = new Appending(journal());
        runner.queued();
        String newest = runner.passed();
        List<StoredEvent> gone = history(newest);
        forget(runner.epoch(), newest);

        fixture().reopen();
        List<StoredEvent> next = new Appending(journal()).task(Samples.id(), Samples.submitted("ci", null));

        assertThat(next.get(0).position())
                .isGreaterThan(gone.get(gone.size() - 1).position());
    }

    @Test
    default void whoFollowsAllSkipsWhatIsForgotten() {
        Appending runner = new Appending(journal());
        List<StoredEvent> kept = new ArrayList<>(runner.task(Samples.id(), Samples.submitted("ci", null)));
        String id = runner.passed();
        kept.addAll(runner.task(Samples.id(), Samples.submitted("ci", null)));
        AssertSubscriber<StoredEvent> follower =
                journal().follow(0).subscribe().withSubscriber(AssertSubscriber.create());

        forget(runner.epoch(), id);
        follower.request(Long.MAX_VALUE);
        follower.awaitItems(2, SOON);
        kept.addAll(runner.task(Samples.id(), Samples.submitted("ci", null)));

        assertThat(follower.awaitItems(3, SOON).getItems()).isEqualTo(kept);
        follower.cancel();
    }

    @Test
    default void whoFollowsAForgottenTaskComesToItsEnd() {
        Appending runner = new Appending(journal());
        String id = runner.passed();
        AssertSubscriber<StoredEvent> begun =
                journal().follow(id, 3).subscribe().withSubscriber(AssertSubscriber.create());
        forget(runner.epoch(), id);

        begun.request(10);

        assertThat(begun.awaitCompletion(SOON).getItems()).isEmpty();
        assertThat(journal().follow(id, 0).collect().asList().await().atMost(SOON))
                .isEmpty();
    }

    @Test
    default void manyAreForgottenWhileOthersAreWritten() {
        Appending runner = new Appending(journal());
        List<String> old = IntStream.range(0, 60).mapToObj(i -> runner.passed()).toList();
        Multi<Object> forgotten = Multi.createFrom()
                .iterable(old)
                .onItem()
                .transformToUni(id -> journal().forget(runner.epoch(), id).map(Object.class::cast))
                .merge(8);
        Multi<Object> submitted = Multi.createFrom()
                .range(0, 60)
                .onItem()
                .transformToUni(i -> runner.append(runner.epoch(), Samples.id(), 0, Samples.submitted("ci", null))
                        .map(Object.class::cast))
                .merge(8);

        List<Object> outcomes = Multi.createBy()
                .merging()
                .streams(forgotten, submitted)
                .collect()
                .asList()
                .await()
                .atMost(SOON);

        assertThat(outcomes.stream().filter(Boolean.TRUE::equals)).hasSize(60);
        assertThat(outcomes.stream().filter(StoredEvent.class::isInstance)).hasSize(60);
        assertThat(journal().after(0, 1000).await().atMost(SOON)).hasSize(60);
        assertThat(fixture().index().counts(TaskQuery.all(1)).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PENDING, 60L));
    }

    /** Not the one that came first: a task may run for long. */
    @Test
    default void whatEndedFirstComesFirst() {
        Appending runner = new Appending(journal());
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        String last = runner.indexed(row -> SampleRows.finishedAt(row, noon.plusNanos(1)));
        String first = runner.indexed(row -> SampleRows.finishedAt(row, noon.minusSeconds(1)));
        String one = runner.indexed(row -> SampleRows.finishedAt(row, noon));
        String two = runner.indexed(row -> SampleRows.finishedAt(row, noon));
        runner.queued();

        OverPage page = over(null, 10);

        assertThat(ids(page)).containsExactly(first, one, two, last);
        assertThat(page.tasks().get(0).finishedAt()).isEqualTo(noon.minusSeconds(1));
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    default void pagesOfWhatIsOverGoOnWhenTasksAreForgotten() {
        Appending runner = new Appending(journal());
        List<String> all = IntStream.range(0, 23).mapToObj(i -> runner.passed()).toList();
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            OverPage page = over(cursor, 5);
            ids(page).forEach(id -> forget(runner.epoch(), id));
            seen.addAll(ids(page));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(seen).isEqualTo(all);
        assertThat(ids(over(null, 5))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "x", "12", "x:01J", "' OR 1=1 --"})
    default void aStrangeCursorIsRefused(String cursor) {
        assertThatThrownBy(() -> over(cursor, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, TaskQuery.MAX_LIMIT + 1})
    default void aPageHasItsBounds(int limit) {
        assertThatThrownBy(() -> over(null, limit)).isInstanceOf(IllegalArgumentException.class);
    }
}
