package dev.fleetrunner.app;

import dev.fleetrunner.store.Journal;
import io.smallrye.mutiny.Uni;

/**
 * Finds where the journal ends now, for views that begin there. Positions only grow and may have gaps, so the end is
 * searched for: doubling until nothing follows, then halving. Some dozen reads of one event, however long the journal.
 */
final class JournalHead {
    private final Journal journal;

    private JournalHead(Journal journal) {
        this.journal = journal;
    }

    /** The position of the newest event, or a later one that no event has yet; 0 for an empty journal. */
    static Uni<Long> of(Journal journal) {
        return new JournalHead(journal).beyond(1);
    }

    private Uni<Long> beyond(long position) {
        return followed(position).chain(more -> more ? beyond(position * 2) : between(position / 2, position));
    }

    /** Something follows {@code low}, or it is 0; nothing follows {@code high}. */
    private Uni<Long> between(long low, long high) {
        if (high - low <= 1) {
            return followed(low).map(more -> more ? high : low);
        }
        long middle = low + (high - low) / 2;
        return followed(middle).chain(more -> more ? between(middle, high) : between(low, middle));
    }

    private Uni<Boolean> followed(long position) {
        return journal.after(position, 1).map(events -> !events.isEmpty());
    }
}
