package dev.fleetrunner.pipeline;

import dev.fleetrunner.store.Journal;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A journal that can be slow, refuse, and tell what is durable before the one who wrote it knows. */
final class TappedJournal implements Journal {
    private final Journal real;
    private volatile Function<TaskEvent, RuntimeException> refusal = event -> null;
    private volatile BiConsumer<String, TaskEvent> durable = (task, event) -> {};
    private volatile Duration delay = Duration.ZERO;

    TappedJournal(Journal real) {
        this.real = real;
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

    @Override
    public Uni<Epoch> claim(String instance) {
        return real.claim(instance);
    }

    @Override
    public Uni<Boolean> forget(Epoch epoch, String taskId) {
        return real.forget(epoch, taskId);
    }

    @Override
    public Uni<List<StoredEvent>> history(String taskId) {
        return real.history(taskId);
    }

    @Override
    public Uni<List<StoredEvent>> after(long position, int limit) {
        return real.after(position, limit);
    }

    @Override
    public Multi<StoredEvent> follow(long afterPosition) {
        return real.follow(afterPosition);
    }

    @Override
    public Multi<StoredEvent> follow(String taskId, long afterSequence) {
        return real.follow(taskId, afterSequence);
    }
}
