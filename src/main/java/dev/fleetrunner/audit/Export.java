package dev.fleetrunner.audit;

import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.AuditStore.Row;
import io.smallrye.mutiny.Multi;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A chain as lines of NDJSON in its order, up to the entry that is the newest when it begins. Reads a page when it is
 * asked for, so that a slow reader costs nobody else anything. Fails when retention removes what it is about to read: the
 * rest would not follow.
 */
final class Export {
    private static final int PAGE = 500;

    private final AuditStore store;
    private final String runner;

    Export(AuditStore store, String runner) {
        this.store = store;
        this.runner = runner;
    }

    /** @param sequence of the last entry that is known already; 0 for the beginning */
    Multi<byte[]> after(long sequence) {
        return store.head(runner)
                .onItem()
                .transformToMulti(head -> head.isEmpty()
                        ? Multi.createFrom().empty()
                        : pages(sequence, head.get().sequence()));
    }

    private Multi<byte[]> pages(long after, long end) {
        return Multi.createBy()
                .repeating()
                .<Place, byte[]>uni(() -> new Place(after, end), place -> store.after(runner, place.last, PAGE)
                        .map(place::take))
                .whilst(lines -> lines.length > 0)
                .filter(lines -> lines.length > 0);
    }

    /** How far it has come. */
    private static final class Place {
        private final long end;
        private long last;
        private boolean mustFollow;

        Place(long after, long end) {
            this.last = after;
            this.end = end;
        }

        /** The lines of a page; none at the end. */
        byte[] take(List<Row> page) {
            var lines = new ByteArrayOutputStream();
            for (Row row : page) {
                if (row.sequence() > end) {
                    break;
                }
                if (mustFollow && row.sequence() != last + 1) {
                    throw new IllegalStateException("retention removed entries while they were exported");
                }
                last = row.sequence();
                mustFollow |= !row.checkpoint();
                lines.writeBytes(row.entry());
                lines.write('\n');
            }
            return lines.toByteArray();
        }
    }
}
