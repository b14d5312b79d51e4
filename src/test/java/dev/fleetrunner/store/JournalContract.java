package dev.fleetrunner.store;

import static dev.fleetrunner.store.Appending.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.Journal.Append;
import dev.fleetrunner.store.Journal.DuplicateKey;
import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.store.Journal.Fenced;
import dev.fleetrunner.store.Journal.SequenceConflict;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskLife;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appending and reading back. */
interface JournalContract {
    StoreFixture fixture();

    private Journal journal() {
        return fixture().journal();
    }

    @Test
    default void everyKindOfEventComesBackAsItWas() {
        String id = Samples.id();
        TaskEvent[] events = Appending.everyKind(id);

        List<StoredEvent> stored = new Appending(journal()).task(id, events);

        assertThat(stored).extracting(StoredEvent::event).containsExactly(events);
        assertThat(events).hasSize(TaskEvent.class.getPermittedSubclasses().length);
        assertThat(stored).extracting(StoredEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(stored).allMatch(event -> event.taskId().equals(id));
        assertThat(stored).allMatch(event -> event.at().equals(event.event().at()));
        readBack(id, stored);
        // A store may still have at hand what it was given; what it wrote shows when it is opened anew.
        fixture().reopen();
        readBack(id, stored);
    }

    private void readBack(String id, List<StoredEvent> stored) {
        assertThat(journal().history(id).await().atMost(SOON)).isEqualTo(stored);
        assertThat(journal().after(0, 100).await().atMost(SOON)).isEqualTo(stored);
        assertThat(journal().follow(id, 0).collect().asList().await().atMost(SOON))
                .isEqualTo(stored);
    }

    @Test
    default void severalEventsOfATaskAreAppendedTogether() {
        String id = Samples.id();
        List<TaskEvent> events = List.of(Appending.everyKind(id));
        Appending runner = new Appending(journal());

        StoredEvent last = runner.append(runner.epoch(), id, 0, events).await().atMost(SOON);

        List<StoredEvent> stored = journal().history(id).await().atMost(SOON);
        assertThat(stored).extracting(StoredEvent::event).isEqualTo(events);
        assertThat(stored).extracting(StoredEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(stored).last().isEqualTo(last);
        assertThat(fixture().index().get(id).await().atMost(SOON)).contains(TaskRow.of(id, TaskLife.fold(events)));
        fixture().reopen();
        readBack(id, stored);
    }

    @Test
    default void noneOfSeveralEventsIsAppendedIfOneCannotBe() {
        Appending runner = new Appending(journal());
        String first = Samples.id();
        runner.task(first, Samples.submitted("ci", "taken"));
        String id = Samples.id();

        refused(
                DuplicateKey.class,
                runner.append(runner.epoch(), id, 0, List.of(Samples.submitted("ci", "taken"), Samples.preparing())));

        nothingIsThereOf(id);
    }

    @Test
    default void aTaskThatIsNotThereHasNoHistory() {
        assertThat(journal().history(Samples.id()).await().atMost(SOON)).isEmpty();
    }

    @Test
    default void afterReadsFromAPositionUpToALimit() {
        List<StoredEvent> all = new ArrayList<>();
        Appending runner = new Appending(journal());
        for (int i = 0; i < 5; i++) {
            all.addAll(runner.task(Samples.id(), Samples.submitted("ci", null), Samples.preparing()));
        }

        assertThat(journal().after(all.get(2).position(), 4).await().atMost(SOON))
                .isEqualTo(all.subList(3, 7));
        assertThat(journal().after(all.get(9).position(), 4).await().atMost(SOON))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, -1})
    default void anotherNumberOfEventsIsAConflictAndWritesNothing(long expected) {
        Appending runner = new Appending(journal());
        String id = Samples.id();
        runner.task(id, Samples.submitted("ci", null), Samples.preparing());

        refused(SequenceConflict.class, runner.append(runner.epoch(), id, expected, Samples.started()));

        assertThat(journal().history(id).await().atMost(SOON)).hasSize(2);
    }

    @Test
    default void aConflictOnANewTaskLeavesNoRow() {
        Appending runner = new Appending(journal());
        String id = Samples.id();

        refused(SequenceConflict.class, runner.append(runner.epoch(), id, 1, Samples.preparing()));

        nothingIsThereOf(id);
    }

    @Test
    default void aNewEpochFencesTheOneBefore() {
        Appending old = new Appending(journal());
        String id = old.queued();
        TaskRow row = fixture().index().get(id).await().atMost(SOON).orElseThrow();

        Appending successor = new Appending(journal());

        assertThat(successor.epoch().number()).isGreaterThan(old.epoch().number());
        refused(Fenced.class, old.append(old.epoch(), id, 1, Samples.preparing()));
        String other = Samples.id();
        refused(Fenced.class, old.append(old.epoch(), other, 0, Samples.submitted("ci", "free")));
        nothingIsThereOf(other);
        assertThat(fixture().index().get(id).await().atMost(SOON)).contains(row);
        assertThat(successor.task(Samples.id(), Samples.submitted("ci", "free")))
                .hasSize(1);
    }

    @Test
    default void anEpochOfAnotherInstanceFencesNobody() {
        Appending runner = new Appending(journal());

        journal().claim("runner-2").await().atMost(SOON);

        assertThat(runner.queued()).isNotNull();
    }

    @Test
    default void anEpochThatNobodyClaimedIsFenced() {
        Appending runner = new Appending(journal());
        Epoch ahead = new Epoch("runner-1", runner.epoch().number() + 1);
        Epoch stranger = new Epoch("runner-9", 1);

        refused(Fenced.class, runner.append(ahead, Samples.id(), 0, Samples.submitted("ci", null)));
        refused(Fenced.class, runner.append(stranger, Samples.id(), 0, Samples.submitted("ci", null)));
    }

    @Test
    default void aKeyIsUsedOnceByItsOwner() {
        Appending runner = new Appending(journal());
        String first = Samples.id();
        runner.task(first, Samples.submitted("ci", "key-1"));
        String second = Samples.id();

        var refusal =
                refused(DuplicateKey.class, runner.append(runner.epoch(), second, 0, Samples.submitted("ci", "key-1")));

        assertThat(refusal.taskId()).isEqualTo(first);
        nothingIsThereOf(second);
        assertThat(journal().after(0, 10).await().atMost(SOON)).hasSize(1);
        runner.task(Samples.id(), Samples.submitted("other", "key-1"));
        runner.task(Samples.id(), Samples.submitted("ci", "key-2"));
        runner.task(Samples.id(), Samples.submitted("ci", null));
        runner.task(Samples.id(), Samples.submitted("ci", null));
        assertThat(journal().after(0, 10).await().atMost(SOON)).hasSize(5);
    }

    @Test
    default void ownersAndKeysAreNotRunTogether() {
        Appending runner = new Appending(journal());
        runner.task(Samples.id(), Samples.submitted("a", "b:c"));

        assertThat(runner.task(Samples.id(), Samples.submitted("a:b", "c"))).hasSize(1);
    }

    @Test
    default void oneOfManyWithTheSameKeyWins() {
        Appending runner = new Appending(journal());
        List<String> ids =
                Collections.nCopies(50, "").stream().map(x -> Samples.id()).toList();

        List<Object> outcomes = Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUni(id -> runner.append(runner.epoch(), id, 0, Samples.submitted("ci", "same"))
                        .map(Object.class::cast)
                        .onFailure(DuplicateKey.class)
                        .recoverWithItem(failure -> failure.taskId()))
                .merge(50)
                .collect()
                .asList()
                .await()
                .atMost(SOON);

        List<StoredEvent> stored = journal().after(0, 100).await().atMost(SOON);
        assertThat(stored).hasSize(1);
        assertThat(outcomes)
                .hasSize(50)
                .containsOnly(stored.get(0), stored.get(0).taskId());
    }

    @Test
    default void aRefusedAppendDoesNotFailItsNeighbours() {
        Appending runner = new Appending(journal());
        String known = runner.queued();
        List<Uni<Object>> appends = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Uni<StoredEvent> append = i % 3 == 0
                    ? runner.append(runner.epoch(), known, 7, Samples.preparing())
                    : runner.append(runner.epoch(), Samples.id(), 0, Samples.submitted("ci", null));
            appends.add(append.map(Object.class::cast).onFailure().recoverWithItem(Throwable::getClass));
        }

        List<Object> outcomes = Multi.createFrom()
                .iterable(appends)
                .onItem()
                .transformToUni(append -> append)
                .merge(300)
                .collect()
                .asList()
                .await()
                .atMost(SOON);

        assertThat(Collections.frequency(outcomes, SequenceConflict.class)).isEqualTo(100);
        assertThat(outcomes.stream().filter(StoredEvent.class::isInstance)).hasSize(200);
        assertThat(journal().after(0, 1000).await().atMost(SOON)).hasSize(201);
    }

    @Test
    default void positionsGrowInTheOrderOfCommitsUnderManyAppenders() throws InterruptedException {
        Appending runner = new Appending(journal());
        List<StoredEvent> acknowledged = Collections.synchronizedList(new ArrayList<>());
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> appenders = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            Thread appender = new Thread(() -> {
                for (int n = 0; n < 10; n++) {
                    String id = Samples.id();
                    long before = newestPosition(acknowledged);
                    List<StoredEvent> stored =
                            runner.task(id, Samples.submitted("ci", null), Samples.preparing(), Samples.started());
                    // Whatever was acknowledged before this one was asked for is behind it.
                    assertThat(stored.get(0).position()).isGreaterThan(before);
                    acknowledged.addAll(stored);
                }
            });
            appender.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
            appenders.add(appender);
            appender.start();
        }
        for (Thread appender : appenders) {
            appender.join();
        }

        List<StoredEvent> all = journal().after(0, 2000).await().atMost(SOON);
        assertThat(failures).isEmpty();
        assertThat(all).hasSize(32 * 10 * 3).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(all).extracting(StoredEvent::position).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void journalAndIndexChangeTogether() {
        Appending runner = new Appending(journal());
        String id = Samples.id();

        runner.task(id, Samples.submitted("ci", null));
        assertThat(fixture().index().get(id).await().atMost(SOON).orElseThrow().status())
                .isEqualTo(TaskStatus.PENDING);

        String done = runner.passed();
        TaskRow row = fixture().index().get(done).await().atMost(SOON).orElseThrow();
        assertThat(row).isEqualTo(TaskRow.of(done, TaskLife.fold(List.of(Appending.whole(done)))));
        assertThat(inStatus(TaskStatus.RUNNING)).isEmpty();
        assertThat(inStatus(TaskStatus.PASSED)).containsExactly(done);
    }

    @Test
    default void aRowOfAnotherTaskIsRefused() {
        Appending runner = new Appending(journal());
        TaskEvent.Submitted event = Samples.submitted("ci", null);
        String id = Samples.id();
        String other = Samples.id();
        TaskRow row = TaskRow.of(other, TaskLife.fold(List.of(event)));

        refused(IllegalArgumentException.class, journal().append(new Append(runner.epoch(), id, 0, event, row)));

        nothingIsThereOf(id);
        nothingIsThereOf(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "'; DROP TABLE task; --",
                "\"quoted\" \\ and\r\nnew lines\t",
                "\u202eright to left \u0645\u0631\u062d\u0628\u0627",
                "\u0000 nul \ud83d\ude80 \uffff",
                "%_*?[]{}",
                ""
            })
    default void hostileTextComesBackAsItWas(String text) {
        Appending runner = new Appending(journal());
        String id = Samples.id();
        TaskEvent.Submitted event = new TaskEvent.Submitted(
                Samples.AT,
                Samples.spec(Map.of("k" + text, text)),
                "o" + text,
                "key" + text,
                text,
                null,
                Grant.NOTHING);

        List<StoredEvent> stored = runner.task(id, event);

        assertThat(journal().history(id).await().atMost(SOON)).isEqualTo(stored);
        TaskRow row = fixture().index().get(id).await().atMost(SOON).orElseThrow();
        assertThat(row.labels()).isEqualTo(Map.of("k" + text, text));
        assertThat(row.owner()).isEqualTo("o" + text);
        var refusal = refused(DuplicateKey.class, runner.append(runner.epoch(), Samples.id(), 0, event));
        assertThat(refusal.taskId()).isEqualTo(id);
    }

    @Test
    default void aHostileIdIsAnIdLikeAnyOther() {
        Appending runner = new Appending(journal());
        String id = "../\n'%_\u202e";

        List<StoredEvent> stored = runner.task(id, Samples.submitted("ci", null), Samples.preparing());

        assertThat(journal().history(id).await().atMost(SOON)).isEqualTo(stored);
        assertThat(journal().history("../\n'%%\u202e").await().atMost(SOON)).isEmpty();
    }

    @Test
    default void aLabelOfAMegabyteComesBackAsItWas() {
        Appending runner = new Appending(journal());
        String id = Samples.id();
        Map<String, String> labels = Map.of("big", "x'\n\u202e".repeat(1 << 18));

        runner.task(
                id, new TaskEvent.Submitted(Samples.AT, Samples.spec(labels), "ci", null, "ab12", null, Grant.NOTHING));

        assertThat(fixture().index().get(id).await().atMost(SOON).orElseThrow().labels())
                .isEqualTo(labels);
    }

    private static long newestPosition(List<StoredEvent> events) {
        synchronized (events) {
            return events.stream().mapToLong(StoredEvent::position).max().orElse(0);
        }
    }

    private List<String> inStatus(TaskStatus status) {
        TaskQuery query = TaskQuery.inStatus(Set.of(status), null, 10);
        return fixture().index().find(query).await().atMost(SOON).tasks().stream()
                .map(TaskRow::id)
                .toList();
    }

    private void nothingIsThereOf(String id) {
        assertThat(journal().history(id).await().atMost(SOON)).isEmpty();
        assertThat(fixture().index().get(id).await().atMost(SOON)).isEmpty();
    }

    private static <E extends Throwable> E refused(Class<E> how, Uni<?> append) {
        List<Throwable> caught = new ArrayList<>();
        assertThatThrownBy(() -> append.await().atMost(SOON)).isInstanceOf(how).satisfies(caught::add);
        return how.cast(caught.get(0));
    }
}
