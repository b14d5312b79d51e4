package dev.fleetrunner.store;

import dev.fleetrunner.store.Journal.Append;
import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.task.TaskLife;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Submits tasks, many at once, and prints the id of each as soon as it is acknowledged; never ends by itself. */
public final class AppendUntilKilled {
    private static final int AT_ONCE = 64;

    private AppendUntilKilled() {}

    public static void run(Journal journal) throws InterruptedException {
        Epoch epoch = journal.claim("doomed").await().indefinitely();
        Semaphore free = new Semaphore(AT_ONCE);
        while (true) {
            free.acquire();
            String id = Samples.id();
            var event = Samples.submitted("ci", id);
            TaskRow row = TaskRow.of(id, TaskLife.fold(List.of(event)));
            journal.append(new Append(epoch, id, 0, event, row)).subscribe().with(stored -> {
                System.out.println(stored.taskId());
                free.release();
            });
        }
    }
}
