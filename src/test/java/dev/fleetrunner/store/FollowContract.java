package dev.fleetrunner.store;

import static dev.fleetrunner.store.Appending.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Following the journal, from the past into what is still to come. */
interface FollowContract {
    /** More than any batch that an implementation would read at once. */
    int MANY = 700;

    StoreFixture fixture();

    private Journal journal() {
        return fixture().journal();
    }

    private AssertSubscriber<StoredEvent> follow(long position, long demand) {
        return journal().follow(position).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    private AssertSubscriber<StoredEvent> follow(String id, long sequence, long demand) {
        return journal().follow(id, sequence).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    private List<StoredEvent> all() {
        return journal().after(0, 10_000).await().atMost(SOON);
    }

    private static void has(AssertSubscriber<StoredEvent> subscriber, List<StoredEvent> events) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(subscriber.getItems()).isEqualTo(events));
    }

    @Test
    default void thePastComesFirstThenWhatIsAppended() {
        Appending runner = new Appending(journal());
        runner.passed();
        AssertSubscriber<StoredEvent> subscriber = follow(0, Long.MAX_VALUE);
        has(subscriber, all());

        runner.passed();
        has(subscriber, all());
        runner.queued();
        has(subscriber, all());

        subscriber.assertNotTerminated();
    }

    @Test
    default void followingResumesBehindAPosition() {
        Appending runner = new Appending(journal());
        runner.passed();
        runner.queued();
        List<StoredEvent> all = all();

        has(follow(all.get(3).position(), Long.MAX_VALUE), all.subList(4, all.size()));
    }

    @Test
    default void nothingIsSkippedOrRepeatedWhileManyAppend() throws InterruptedException {
        Appending runner = new Appending(journal());
        AssertSubscriber<StoredEvent> early = follow(0, Long.MAX_VALUE);
        List<Thread> appenders = IntStream.range(0, 8)
                .mapToObj(n -> new Thread(() -> IntStream.range(0, 20).forEach(i -> runner.passed())))
                .toList();
        appenders.forEach(Thread::start);
        AssertSubscriber<StoredEvent> late = follow(0, Long.MAX_VALUE);
        for (Thread appender : appenders) {
            appender.join();
        }

        assertThat(all()).hasSize(8 * 20 * 6);
        has(early, all());
        has(late, all());
    }

    @Test
    default void aSlowSubscriberGetsWhatItAsksForAndLosesNothing() {
        Appending runner = new Appending(journal());
        AssertSubscriber<StoredEvent> slow = follow(0, 0);
        AssertSubscriber<StoredEvent> fast = follow(0, Long.MAX_VALUE);
        IntStream.range(0, MANY / 6 + 1).forEach(i -> runner.passed());
        List<StoredEvent> all = all();

        has(fast, all);
        assertThat(slow.getItems()).isEmpty();
        slow.request(3);
        has(slow, all.subList(0, 3));
        slow.request(1);
        has(slow, all.subList(0, 4));
        for (int i = 4; i < all.size(); i += 50) {
            slow.request(50);
            has(slow, all.subList(0, Math.min(i + 50, all.size())));
        }
        runner.queued();
        has(slow, all());
    }

    @Test
    default void aCancelledStreamIsForgotten() {
        Appending runner = new Appending(journal());
        String id = runner.queued();
        List<AssertSubscriber<StoredEvent>> subscribers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            subscribers.add(follow(0, i));
            subscribers.add(follow(id, 0, i));
        }
        assertThat(fixture().followed()).isEqualTo(20);

        subscribers.forEach(AssertSubscriber::cancel);

        assertThat(fixture().followed()).isZero();
        List<Integer> before =
                subscribers.stream().map(s -> s.getItems().size()).toList();
        AssertSubscriber<StoredEvent> witness = follow(0, Long.MAX_VALUE);
        runner.passed();
        has(witness, all());
        assertThat(subscribers.stream().map(s -> s.getItems().size())).isEqualTo(before);
    }

    @Test
    default void cancellingFromWithinStopsAtOnce() {
        new Appending(journal()).passed();

        List<StoredEvent> first =
                journal().follow(0).select().first(2).collect().asList().await().atMost(SOON);

        assertThat(first).isEqualTo(all().subList(0, 2));
        assertThat(fixture().followed()).isZero();
    }

    @Test
    default void aTasksStreamEndsWithTheTask() {
        Appending runner = new Appending(journal());
        String id = Samples.id();
        TaskEvent[] events = Appending.whole(id);
        runner.task(id, events[0]);
        AssertSubscriber<StoredEvent> subscriber = follow(id, 0, Long.MAX_VALUE);
        has(subscriber, journal().history(id).await().atMost(SOON));
        subscriber.assertNotTerminated();

        for (int i = 1; i < events.length; i++) {
            runner.queued();
            runner.append(runner.epoch(), id, i, events[i]).await().atMost(SOON);
        }

        subscriber.awaitCompletion(SOON);
        has(subscriber, journal().history(id).await().atMost(SOON));
        assertThat(fixture().followed()).isZero();
    }

    @Test
    default void everyTasksStreamIsWholeThoughItIsReadWhileWritten() {
        Appending runner = new Appending(journal());
        for (int task = 0; task < 60; task++) {
            String id = Samples.id();
            TaskEvent[] events = Appending.whole(id);
            runner.task(id, events[0]);
            AssertSubscriber<StoredEvent> subscriber = follow(id, 1, Long.MAX_VALUE);
            for (int i = 1; i < events.length; i++) {
                runner.append(runner.epoch(), id, i, events[i]).await().atMost(SOON);
            }

            subscriber.awaitCompletion(SOON);

            assertThat(subscriber.getItems()).extracting(StoredEvent::sequence).containsExactly(2L, 3L, 4L, 5L, 6L);
        }
    }

    @Test
    default void aTasksStreamResumesBehindASequence() {
        Appending runner = new Appending(journal());
        String id = runner.passed();
        List<StoredEvent> history = journal().history(id).await().atMost(SOON);

        AssertSubscriber<StoredEvent> middle = follow(id, 2, Long.MAX_VALUE).awaitCompletion(SOON);
        AssertSubscriber<StoredEvent> end =
                follow(id, history.size(), Long.MAX_VALUE).awaitCompletion(SOON);

        assertThat(middle.getItems()).isEqualTo(history.subList(2, history.size()));
        assertThat(end.getItems()).isEmpty();
    }

    @Test
    default void theLastEventWaitsForDemandAndThenTheStreamEnds() {
        String id = new Appending(journal()).passed();
        AssertSubscriber<StoredEvent> subscriber = follow(id, 0, 5);
        has(subscriber, journal().history(id).await().atMost(SOON).subList(0, 5));
        subscriber.assertNotTerminated();

        subscriber.request(1);

        subscriber.awaitCompletion(SOON);
        assertThat(subscriber.getItems()).hasSize(6);
    }

    @Test
    default void theStreamOfNoTaskEndsAtOnce() {
        follow(Samples.id(), 0, Long.MAX_VALUE).awaitCompletion(SOON).assertHasNotReceivedAnyItem();
    }

    @Test
    default void aStreamCanBeSubscribedToAgain() {
        String id = new Appending(journal()).passed();
        var stream = journal().follow(id, 0);

        List<StoredEvent> first = stream.collect().asList().await().atMost(SOON);
        List<StoredEvent> second = stream.collect().asList().await().atMost(SOON);

        assertThat(second).isEqualTo(first).hasSize(6);
    }

    @Test
    default void closingTheStoreEndsTheStreamsWithAFailure() {
        new Appending(journal()).queued();
        AssertSubscriber<StoredEvent> subscriber = follow(0, Long.MAX_VALUE);
        has(subscriber, all());

        fixture().close();

        subscriber.awaitFailure(
                failure -> assertThat(failure)
                        .isInstanceOfSatisfying(StoreUnavailable.class, closed -> assertThat(closed.reason())
                                .isEqualTo(StoreUnavailable.Reason.CLOSED)),
                SOON);
    }
}
