package dev.fleetrunner.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A journal in front of a real one; subclasses change what a test wants otherwise. */
public abstract class JournalBefore implements Journal {
    protected final Journal real;

    protected JournalBefore(Journal real) {
        this.real = real;
    }

    @Override
    public Uni<StoredEvent> append(Append append) {
        return real.append(append);
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
