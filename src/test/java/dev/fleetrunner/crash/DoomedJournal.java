package dev.fleetrunner.crash;

import dev.fleetrunner.store.Journal;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A journal whose runner dies before or after an event. */
final class DoomedJournal implements Journal {
    private final Journal real;
    private final Doom doom;

    DoomedJournal(Journal real, Doom doom) {
        this.real = real;
        this.doom = doom;
    }

    @Override
    public Uni<StoredEvent> append(Append append) {
        TaskEvent first = append.events().get(0);
        TaskEvent last = append.events().get(append.events().size() - 1);
        return doom.after(after(last), doom.before(before(first), real.append(append)));
    }

    private static KillPoint before(TaskEvent event) {
        if (event instanceof TaskEvent.Preparing) {
            return KillPoint.BEFORE_PREPARING;
        }
        if (event instanceof TaskEvent.Collecting) {
            return KillPoint.BEFORE_COLLECTING;
        }
        return event instanceof TaskEvent.Finished ? KillPoint.LOG_SEALED : null;
    }

    private static KillPoint after(TaskEvent event) {
        if (event instanceof TaskEvent.Submitted) {
            return KillPoint.SUBMITTED;
        }
        if (event instanceof TaskEvent.Preparing) {
            return KillPoint.PREPARING;
        }
        if (event instanceof TaskEvent.Started) {
            return KillPoint.STARTED;
        }
        if (event instanceof TaskEvent.Collecting) {
            return KillPoint.COLLECTING;
        }
        return event instanceof TaskEvent.Finished ? KillPoint.FINISHED : null;
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
