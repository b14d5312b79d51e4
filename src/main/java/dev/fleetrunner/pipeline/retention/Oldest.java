package dev.fleetrunner.pipeline.retention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The oldest of all that is offered, as many as it may hold: however much there is, memory is bounded. */
final class Oldest {
    private static final Comparator<Kept> BY_AGE =
            Comparator.comparing(Kept::lastUsed).thenComparing(Kept::id);

    private final int most;
    private final PriorityQueue<Kept> newestFirst = new PriorityQueue<>(BY_AGE.reversed());

    Oldest(int most) {
        this.most = most;
    }

    void offer(Kept kept) {
        newestFirst.add(kept);
        if (newestFirst.size() > most) {
            newestFirst.remove();
        }
    }

    /** The oldest at the front. */
    List<Kept> inOrder() {
        List<Kept> all = new ArrayList<>(newestFirst);
        all.sort(BY_AGE);
        return all;
    }
}
