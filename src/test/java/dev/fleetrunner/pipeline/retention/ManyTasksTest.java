package dev.fleetrunner.pipeline.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.retention.Retention.Shelved;
import dev.fleetrunner.store.Samples;
import dev.fleetrunner.store.TaskQuery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of tasks go while others come. */
@Timeout(120)
class ManyTasksTest extends WithStores {
    private static final int MANY = 5000;
    private static final int STAY = 300;
    private static final Duration SWEEP_LIMIT = Duration.ofSeconds(60);
    private static final Duration SUBMISSION_LIMIT = Duration.ofSeconds(1);

    @Test
    void goInBoundedTimeAndHoldNobodyUp() {
        List<String> old = Multi.createFrom()
                .items(IntStream.range(0, MANY).boxed())
                .onItem()
                .transformToUni(i -> Uni.createFrom()
                        .item(() -> {
                            String id = over(NOON.minusSeconds(MANY - i));
                            log(id, "hello\n", NOON.minusSeconds(MANY - i));
                            return id;
                        })
                        .runSubscriptionOn(worker))
                .merge(6)
                .collect()
                .asList()
                .await()
                .atMost(SWEEP_LIMIT);

        long begin = System.nanoTime();
        CompletableFuture<List<Swept>> sweep = retention(new Shelved(taskShelf(), new Rule(Duration.ZERO, STAY, 0)))
                .sweep()
                .subscribeAsCompletionStage();
        long slowest = 0;
        long submitted = 0;
        while (!sweep.isDone()) {
            long before = System.nanoTime();
            runner.append(runner.epoch(), Samples.id(), 0, Samples.submitted("ci", null))
                    .await()
                    .atMost(SOON);
            slowest = Math.max(slowest, System.nanoTime() - before);
            submitted++;
        }
        Swept swept = sweep.join().get(0);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SWEEP_LIMIT);
        assertThat(Duration.ofNanos(slowest)).isLessThan(SUBMISSION_LIMIT);
        assertThat(swept).isEqualTo(new Swept("tasks", STAY, 0, Map.of(Reason.COUNT, (long) MANY - STAY)));
        assertThat(store.counts(TaskQuery.all(1)).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PASSED, (long) STAY, TaskStatus.PENDING, submitted));
        assertThat(old).filteredOn(this::isThere).hasSize(STAY);
        assertThat(files().stream().map(file -> file.getParent().getFileName()).distinct())
                .hasSize(STAY);
    }
}
