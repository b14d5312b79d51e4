package dev.fleetrunner.pipeline.retention;

import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskIndex.OverPage;
import dev.fleetrunner.store.TaskQuery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The tasks that are over. A task's files go before the task itself: after a crash in between it is still there to be
 * removed again, and no file is without its task.
 *
 * @param belongings the shelves of its files; as long as one of them is in use, so is the task
 */
public record TasksShelf(TaskIndex index, Journal journal, Journal.Epoch epoch, List<Shelf> belongings)
        implements Shelf {

    @Override
    public String kind() {
        return "tasks";
    }

    @Override
    public Multi<Kept> kept() {
        return Multi.createBy()
                .repeating()
                .<AtomicReference<String>, OverPage>uni(
                        AtomicReference::new, cursor -> index.over(cursor.get(), TaskQuery.MAX_LIMIT)
                                .invoke(page -> cursor.set(page.nextCursor())))
                .whilst(page -> page.nextCursor() != null)
                .onItem()
                .transformToIterable(OverPage::tasks)
                .map(over -> new Kept(over.taskId(), over.finishedAt(), 0));
    }

    @Override
    public Uni<Boolean> remove(String id) {
        Uni<Boolean> gone = Uni.createFrom().item(true);
        for (Shelf belonging : belongings) {
            gone = gone.chain(
                    before -> before ? belonging.remove(id) : Uni.createFrom().item(false));
        }
        return gone.chain(
                before -> before ? journal.forget(epoch, id) : Uni.createFrom().item(false));
    }
}
