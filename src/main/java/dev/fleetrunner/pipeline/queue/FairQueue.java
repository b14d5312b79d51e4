package dev.fleetrunner.pipeline.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Tasks that wait, fair between owners: owners take turns, however many tasks each has; among the tasks of one owner the
 * higher priority goes first, then the older one. Bounded; thread-safe; nothing in it blocks.
 */
public final class FairQueue {
    private static final Comparator<Entry> ORDER =
            Comparator.comparingInt(Entry::priority).reversed().thenComparing(Entry::taskId);

    private final int capacity;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, NavigableSet<Entry>> byOwner = new HashMap<>();
    private final Deque<String> turns = new ArrayDeque<>();
    private final Map<String, Integer> reservedBy = new HashMap<>();
    private int reserved;

    /**
     * @param capacity how many tasks wait at most
     */
    public FairQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * A task that waits; ids sort by time.
     *
     * @param maxConcurrent with how many of its owner it may run at most, itself among them; null for any
     */
    public record Entry(String taskId, String owner, int priority, Integer maxConcurrent) {}

    /** What becomes of a wish for a place. */
    public enum Place {
        RESERVED,
        QUEUE_FULL,
        SHARE_TAKEN
    }

    /**
     * Keeps a place for a task that is being written down.
     *
     * @param maxQueued how many of the owner's tasks may wait; null for any
     */
    public synchronized Place reserve(String owner, Integer maxQueued) {
        if (entries.size() + reserved >= capacity) {
            return Place.QUEUE_FULL;
        }
        if (maxQueued != null && waiting(owner) + reservedBy.getOrDefault(owner, 0) >= maxQueued) {
            return Place.SHARE_TAKEN;
        }
        reserved++;
        reservedBy.merge(owner, 1, Integer::sum);
        return Place.RESERVED;
    }

    private int waiting(String owner) {
        NavigableSet<Entry> waiting = byOwner.get(owner);
        return waiting == null ? 0 : waiting.size();
    }

    /** Gives a reserved place back. */
    public synchronized void release(String owner) {
        reserved--;
        reservedBy.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Puts a task in the place that was reserved for it. */
    public synchronized void fill(Entry entry) {
        release(entry.owner());
        add(entry);
    }

    /** Puts a task in regardless of the capacity: it was accepted in an earlier life of the runner. */
    public synchronized void restore(Entry entry) {
        add(entry);
    }

    private void add(Entry entry) {
        if (entries.putIfAbsent(entry.taskId(), entry) != null) {
            return;
        }
        byOwner.computeIfAbsent(entry.owner(), owner -> {
                    turns.addLast(owner);
                    return new TreeSet<>(ORDER);
                })
                .add(entry);
    }

    /** Takes the task whose turn it is, passing over owners whose next task may not run now; they keep their turn. */
    public synchronized Optional<Entry> take(Predicate<Entry> mayRun) {
        Optional<String> owner = turns.stream()
                .filter(next -> mayRun.test(byOwner.get(next).first()))
                .findFirst();
        return owner.map(this::takeOf);
    }

    private Entry takeOf(String owner) {
        turns.remove(owner);
        NavigableSet<Entry> waiting = byOwner.get(owner);
        Entry next = waiting.pollFirst();
        entries.remove(next.taskId());
        if (waiting.isEmpty()) {
            byOwner.remove(owner);
        } else {
            turns.addLast(owner);
        }
        return next;
    }

    /** Takes a task out of turn; false if it does not wait here (any more). */
    public synchronized boolean remove(String taskId) {
        Entry entry = entries.remove(taskId);
        if (entry == null) {
            return false;
        }
        NavigableSet<Entry> waiting = byOwner.get(entry.owner());
        waiting.remove(entry);
        if (waiting.isEmpty()) {
            byOwner.remove(entry.owner());
            turns.remove(entry.owner());
        }
        return true;
    }

    /** How many tasks wait. */
    public synchronized int size() {
        return entries.size();
    }

    /**
     * A task's turn, if every task before it may run when its own has come.
     *
     * @param position how many go before it plus one
     */
    public record Turn(String taskId, int position) {}

    /**
     * The next turns among all tasks.
     *
     * @param owners whose tasks are told of
     * @param limit how many are told at most
     */
    public synchronized List<Turn> next(Predicate<String> owners, int limit) {
        Deque<Iterator<Entry>> round = new ArrayDeque<>();
        turns.forEach(owner -> round.addLast(byOwner.get(owner).iterator()));
        List<Turn> next = new ArrayList<>();
        for (int position = 1; !round.isEmpty() && next.size() < limit; position++) {
            Iterator<Entry> waiting = round.removeFirst();
            Entry entry = waiting.next();
            if (owners.test(entry.owner())) {
                next.add(new Turn(entry.taskId(), position));
            }
            if (waiting.hasNext()) {
                round.addLast(waiting);
            }
        }
        return next;
    }

    /** How many tasks go before this one, plus one; empty if it does not wait. */
    public synchronized OptionalInt position(String taskId) {
        Entry entry = entries.get(taskId);
        if (entry == null) {
            return OptionalInt.empty();
        }
        int round = byOwner.get(entry.owner()).headSet(entry).size();
        List<String> order = new ArrayList<>(turns);
        int turn = order.indexOf(entry.owner());
        int before = round;
        for (int i = 0; i < order.size(); i++) {
            if (i != turn) {
                // Owners before this one in the round have had one turn more by then.
                int turnsTaken = i < turn ? round + 1 : round;
                before += Math.min(turnsTaken, byOwner.get(order.get(i)).size());
            }
        }
        return OptionalInt.of(before + 1);
    }
}
