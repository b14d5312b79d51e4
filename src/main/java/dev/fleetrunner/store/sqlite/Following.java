package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.store.sqlite.Follower.Batch;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Makes the streams of events: of all tasks, and of one. */
record Following(Readers readers, EventReads events, Followers followers, Executor worker) {
    /** Events read at once; bounds what a subscription holds in memory. */
    private static final int BATCH = 64;

    Multi<StoredEvent> all(long afterPosition) {
        return stream(null, () -> new AllTasks(afterPosition));
    }

    Multi<StoredEvent> task(String taskId, long afterSequence) {
        return stream(taskId, () -> new OneTask(taskId, afterSequence));
    }

    private Multi<StoredEvent> stream(String taskId, Supplier<Follower.Source> source) {
        return Multi.createFrom().publisher(subscriber -> subscribe(taskId, source.get(), subscriber));
    }

    private void subscribe(String taskId, Follower.Source source, Flow.Subscriber<? super StoredEvent> subscriber) {
        AtomicReference<Follower> self = new AtomicReference<>();
        Follower follower = new Follower(source, subscriber, worker, () -> followers.remove(taskId, self.get()));
        self.set(follower);
        followers.add(taskId, follower);
        subscriber.onSubscribe(follower);
    }

    private final class AllTasks implements Follower.Source {
        private volatile long position;

        AllTasks(long position) {
            this.position = position;
        }

        @Override
        public Uni<Batch> next() {
            return readers.read(events.after(position, BATCH)).map(some -> {
                if (!some.isEmpty()) {
                    position = some.get(some.size() - 1).position();
                }
                return new Batch(some, false);
            });
        }
    }

    private final class OneTask implements Follower.Source {
        private final String taskId;
        private volatile long sequence;

        OneTask(String taskId, long sequence) {
            this.taskId = taskId;
            this.sequence = sequence;
        }

        @Override
        public Uni<Batch> next() {
            return readers.read(events.ofTask(taskId, sequence, BATCH)).chain(some -> {
                if (some.isEmpty()) {
                    return readers.read(events.newest(taskId)).map(this::nothingNew);
                }
                StoredEvent newest = some.get(some.size() - 1);
                sequence = newest.sequence();
                return Uni.createFrom().item(new Batch(some, newest.event() instanceof TaskEvent.Finished));
            });
        }

        private Batch nothingNew(List<StoredEvent> newest) {
            // What came between the two reads has woken this stream, and is read next.
            boolean seen = newest.isEmpty() || newest.get(0).sequence() <= sequence;
            boolean over = newest.isEmpty() || newest.get(0).event() instanceof TaskEvent.Finished;
            return new Batch(List.of(), seen && over);
        }
    }
}
