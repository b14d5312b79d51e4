package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.Journal.StoredEvent;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The events that were appended last. Nearly everything that is read of a journal is read just after it was written, by
 * several readers at once; what is here need not be made from its JSON again for each of them. A position is given to one
 * event only, so what is here is never out of date.
 */
final class RecentEvents {
    private static final int MOST = 256;
    /** Larger ones are not kept, so that all of them take 4 MiB at most as JSON. */
    private static final int LARGEST_BYTES = 16 << 10;

    private final AtomicReferenceArray<StoredEvent> events = new AtomicReferenceArray<>(MOST);

    /** @param bytes how long it is as JSON */
    void add(StoredEvent event, int bytes) {
        if (bytes <= LARGEST_BYTES) {
            events.set(place(event.position()), event);
        }
    }

    /** The event at a position; null if it is not here. */
    StoredEvent at(long position) {
        StoredEvent event = events.get(place(position));
        return event != null && event.position() == position ? event : null;
    }

    private static int place(long position) {
        return (int) (position % MOST);
    }
}
