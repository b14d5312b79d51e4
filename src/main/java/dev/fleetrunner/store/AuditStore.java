package dev.fleetrunner.store;

import dev.fleetrunner.store.Journal.Epoch;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The append-only record of who did what, one chain for each runner's instance id. Every entry has a sequence number in
 * its chain (from 1, without gaps) and is sealed with the hash of the one before, at its turn, so that no two entries
 * follow the same one. Threads and failures are as with {@link Journal}; an epoch that is over appends nothing.
 */
public interface AuditStore {
    /** How many entries a {@link Block} has at most. */
    int BLOCK = 1000;

    /** Appends an entry. Completes when it is durable. */
    Uni<Row> append(Epoch epoch, Draft draft);

    /**
     * Removes a block and appends the checkpoint that tells of it, atomically. Gives true when that is durable, or the
     * block was gone before; false, and nothing is removed, if it is not the oldest.
     *
     * @param first of the block
     * @param checkpoint makes the entry; it stays for ever, whatever is cut later
     */
    Uni<Boolean> cut(Epoch epoch, long first, Function<Cut, Draft> checkpoint);

    /** What can be cut, the oldest first: blocks after the one that begins with {@code first} (0 for the beginning). */
    Uni<List<Block>> blocks(String chain, long first, int limit);

    /** The newest entry; empty before the first. */
    Uni<Optional<Row>> head(String chain);

    /**
     * Entries after a sequence number, in their order: what is left, and the checkpoints of what is not.
     *
     * @param limit how many at most
     */
    Uni<List<Row>> after(String chain, long sequence, int limit);

    /** Entries that fit all filters, newest first. Fails with {@link IllegalArgumentException} for a limit out of range. */
    Uni<Page> find(AuditQuery query);

    /**
     * An entry that waits for its place in the chain.
     *
     * @param who a name; null if it is not known
     * @param target null if there is none
     * @param sealing makes the entry when its place is known
     */
    record Draft(Instant at, String who, String action, String target, String outcome, Sealing sealing) {}

    /** Makes the entry. Called from any thread, perhaps more than once for an entry; does no I/O. */
    @FunctionalInterface
    interface Sealing {
        /** @param previous the hash of the entry before; null for the first of a chain */
        Sealed seal(String chain, long sequence, String previous);
    }

    /**
     * What is written.
     *
     * @param entry the whole entry as it is given out, the hash included
     * @param hash what the next entry follows
     */
    record Sealed(byte[] entry, String hash) {}

    /**
     * An entry as it was written.
     *
     * @param checkpoint whether it is one, and so may follow a gap
     */
    record Row(long sequence, boolean checkpoint, String hash, byte[] entry) {}

    /**
     * Entries that follow one another and go together: of one day (UTC), {@link #BLOCK} at most, without checkpoints.
     *
     * @param first sequence number of its oldest entry
     * @param newest the latest time of all of them
     */
    record Block(long first, Instant newest, long bytes) {}

    /**
     * What is about to be removed.
     *
     * @param through sequence number of the last entry that goes
     * @param hash of that entry
     * @param removed how many go
     * @param before the checkpoint before this one; null if this is the first
     */
    record Cut(long through, String hash, long removed, Row before) {}

    /**
     * One page.
     *
     * @param nextCursor what to ask with for the next page; null on the last one
     */
    record Page(List<Row> entries, Long nextCursor) {
        public Page {
            entries = List.copyOf(entries);
        }
    }
}
