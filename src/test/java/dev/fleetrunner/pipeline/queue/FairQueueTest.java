package dev.fleetrunner.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.pipeline.queue.FairQueue.Entry;
import dev.fleetrunner.pipeline.queue.FairQueue.Place;
import dev.fleetrunner.pipeline.queue.FairQueue.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static final Predicate<Entry> ANY = entry -> true;
    private final FairQueue queue = new FairQueue(1000);

    private static Entry entry(int number, String owner, int priority) {
        return new Entry("t%04d".formatted(number), owner, priority, null);
    }

    private void add(Entry entry) {
        assertThat(queue.reserve(entry.owner(), null)).isEqualTo(Place.RESERVED);
        queue.fill(entry);
    }

    private List<String> takeAll() {
        List<String> taken = new ArrayList<>();
        for (Optional<Entry> next = queue.take(ANY); next.isPresent(); next = queue.take(ANY)) {
            taken.add(next.get().taskId());
        }
        return taken;
    }

    @Test
    void ownersTakeTurnsHoweverManyTasksEachHas() {
        add(entry(1, "busy", 0));
        add(entry(2, "busy", 0));
        add(entry(3, "busy", 0));
        add(entry(4, "other", 0));
        add(entry(5, "third", 0));

        assertThat(takeAll()).containsExactly("t0001", "t0004", "t0005", "t0002", "t0003");
    }

    @Test
    void theNextTurnsAreToldInTheOrderInWhichTheyCome() {
        add(entry(1, "busy", 0));
        add(entry(2, "busy", 0));
        add(entry(3, "busy", 9));
        add(entry(4, "other", 0));

        List<Turn> all = queue.next(owner -> true, 10);
        List<Turn> others = queue.next("other"::equals, 10);
        List<Turn> first = queue.next(owner -> true, 1);

        assertThat(first).isEqualTo(all.subList(0, 1));
        assertThat(others).containsExactly(new Turn("t0004", 2));
        assertThat(all).extracting(Turn::position).containsExactly(1, 2, 3, 4);
        assertThat(all)
                .allSatisfy(turn -> assertThat(queue.position(turn.taskId())).hasValue(turn.position()));
        assertThat(all.stream().map(Turn::taskId).toList()).isEqualTo(takeAll());
    }

    @Test
    void amongAnOwnersTasksPriorityGoesFirstThenAge() {
        add(entry(3, "ci", 0));
        add(entry(1, "ci", 0));
        add(entry(2, "ci", -5));
        add(entry(4, "ci", 7));

        assertThat(takeAll()).containsExactly("t0004", "t0001", "t0003", "t0002");
    }

    @Test
    void priorityDoesNotGoBeforeAnotherOwner() {
        add(entry(1, "modest", -100));
        add(entry(2, "loud", 100));
        add(entry(3, "loud", 100));

        assertThat(takeAll()).containsExactly("t0001", "t0002", "t0003");
    }

    @Test
    void reservedPlacesCountUntilTheyAreGivenBack() {
        var small = new FairQueue(2);
        assertThat(small.reserve("ci", null)).isEqualTo(Place.RESERVED);
        assertThat(small.reserve("ci", null)).isEqualTo(Place.RESERVED);
        assertThat(small.reserve("ci", null)).isEqualTo(Place.QUEUE_FULL);

        small.fill(entry(1, "ci", 0));
        assertThat(small.reserve("ci", null)).isEqualTo(Place.QUEUE_FULL);
        small.release("ci");
        assertThat(small.reserve("ci", null)).isEqualTo(Place.RESERVED);

        small.fill(entry(2, "ci", 0));
        assertThat(small.size()).isEqualTo(2);
        assertThat(small.reserve("ci", null)).isEqualTo(Place.QUEUE_FULL);
        small.take(ANY);
        assertThat(small.reserve("ci", null)).isEqualTo(Place.RESERVED);
    }

    @Test
    void anOwnerTakesNoMorePlacesThanItsShare() {
        assertThat(queue.reserve("loud", 2)).isEqualTo(Place.RESERVED);
        queue.fill(entry(1, "loud", 0));
        assertThat(queue.reserve("loud", 2)).isEqualTo(Place.RESERVED);
        assertThat(queue.reserve("loud", 2)).isEqualTo(Place.SHARE_TAKEN);
        assertThat(queue.reserve("modest", 2)).isEqualTo(Place.RESERVED);

        queue.release("loud");

        assertThat(queue.reserve("loud", 2)).isEqualTo(Place.RESERVED);
    }

    @Test
    void anOwnerThatMayNotRunNowIsPassedOverAndKeepsItsTurn() {
        add(entry(1, "busy", 0));
        add(entry(2, "idle", 0));
        add(entry(3, "idle", 0));

        assertThat(queue.take(entry -> !entry.owner().equals("busy"))
                        .orElseThrow()
                        .taskId())
                .isEqualTo("t0002");
        assertThat(takeAll()).containsExactly("t0001", "t0003");
    }

    @Test
    void whatIsRestoredHasAPlaceInAnyCase() {
        var small = new FairQueue(1);

        small.restore(entry(1, "ci", 0));
        small.restore(entry(2, "ci", 0));

        assertThat(small.size()).isEqualTo(2);
        assertThat(small.reserve("ci", null)).isEqualTo(Place.QUEUE_FULL);
        small.take(ANY);
        assertThat(small.reserve("ci", null)).isEqualTo(Place.QUEUE_FULL);
        small.take(ANY);
        assertThat(small.reserve("ci", null)).isEqualTo(Place.RESERVED);
    }

    @Test
    void aTaskIsRemovedOnceAndNeverTaken() {
        add(entry(1, "ci", 0));
        add(entry(2, "ci", 0));
        add(entry(3, "other", 0));

        assertThat(queue.remove("t0001")).isTrue();
        assertThat(queue.remove("t0001")).isFalse();
        assertThat(queue.remove("t0003")).isTrue();
        assertThat(queue.remove("unknown")).isFalse();

        assertThat(queue.position("t0001")).isEmpty();
        assertThat(takeAll()).containsExactly("t0002");
        assertThat(queue.remove("t0002")).isFalse();
    }

    /** Owners and tasks at random, with takes and removals in between: what is told is what happens. */
    @RepeatedTest(200)
    void thePositionIsTheOrderInWhichTasksAreTaken(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int dice = random.nextInt(10);
            if (dice < 7) {
                Entry entry = entry(random.nextInt(10_000), "owner" + random.nextInt(5), random.nextInt(3));
                if (!waiting.contains(entry.taskId())) {
                    add(entry);
                    waiting.add(entry.taskId());
                }
            } else if (dice < 9) {
                queue.take(ANY).ifPresent(taken -> waiting.remove(taken.taskId()));
            } else if (!waiting.isEmpty()) {
                queue.remove(waiting.remove(random.nextInt(waiting.size())));
            }
        }
        Map<String, Integer> told = new HashMap<>();
        waiting.forEach(task -> told.put(task, queue.position(task).orElseThrow()));

        List<String> taken = takeAll();

        Map<String, Integer> happened = new LinkedHashMap<>();
        taken.forEach(task -> happened.put(task, happened.size() + 1));
        assertThat(told).isEqualTo(happened);
        assertThat(queue.size()).isZero();
    }

    /** As long as all of them have tasks waiting, no owner is ever two turns ahead of another. */
    @RepeatedTest(20)
    void noOwnerGetsAheadOfAnother(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int number = 0;
        for (int owner = 0; owner < 6; owner++) {
            for (int i = 20 + random.nextInt(20); i > 0; i--) {
                add(entry(number++, "owner" + owner, random.nextInt(100)));
            }
        }
        Map<String, Integer> turns = new HashMap<>();

        for (int i = 0; i < 6 * 20; i++) {
            turns.merge(queue.take(ANY).orElseThrow().owner(), 1, Integer::sum);
        }

        assertThat(turns.values()).containsOnly(20);
    }
}
