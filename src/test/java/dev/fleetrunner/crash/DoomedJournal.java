package dev.fleetrunner.crash;

import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.JournalBefore;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Uni;

/** A journal whose runner dies before or after an event. */
final class DoomedJournal extends JournalBefore {
    private final Doom doom;

    DoomedJournal(Journal real, Doom doom) {
        super(real);
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
}
