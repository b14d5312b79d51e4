package dev.fleetrunner.pipeline;

import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.JournalBefore;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A journal that can be slow, refuse, and tell what is durable before the one who wrote it knows. */
final class TappedJournal extends JournalBefore {
    private volatile Function<TaskEvent, RuntimeException> refusal = event -> null;
    private volatile BiConsumer<String, TaskEvent> durable = (task, event) -> {};
    private volatile Duration delay = Duration.ZERO;

    TappedJournal(Journal real) {
        super(real);
    }

    /** Fails the appends for which it gives an exception; nothing of them is written. */
    void refuse(Function<TaskEvent, RuntimeException> why) {
        refusal = why;
    }

    /** Called with a task and its event as soon as that is durable, before the answer is given. */
    void whenDurable(BiConsumer<String, TaskEvent> tap) {
        durable = tap;
    }

    /** Makes every append take this long. */
    void slowDown(Duration by) {
        delay = by;
    }

    @Override
    public Uni<StoredEvent> append(Append append) {
        return Uni.createFrom().deferred(() -> {
            Optional<RuntimeException> why = append.events().stream()
                    .map(refusal)
                    .filter(Objects::nonNull)
                    .findFirst();
            if (why.isPresent()) {
                return Uni.createFrom().failure(why.get());
            }
            Uni<StoredEvent> stored = real.append(append)
                    .invoke(() -> append.events().forEach(event -> durable.accept(append.taskId(), event)));
            return delay.isZero() ? stored : stored.onItem().delayIt().by(delay);
        });
    }
}
