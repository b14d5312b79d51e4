package dev.fleetrunner.bench;

import java.util.ArrayList;
import java.util.List;

/** Two things timed in turns, so that whatever else the machine does slows both alike. */
record Turns(Samples ours, Samples theirs, Samples differences) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Something that is timed. */
    interface Run {
        void run() throws Exception;
    }

    /**
     * Runs both so many times and takes milliseconds; who begins changes from pair to pair.
     *
     * @param between what happens before each run, untimed
     */
    static Turns of(int times, Run between, Run ours, Run theirs) throws Exception {
        List<Double> mine = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            if (i % 2 == 0) {
                mine.add(milliseconds(between, ours));
                other.add(milliseconds(between, theirs));
            } else {
                other.add(milliseconds(between, theirs));
                mine.add(milliseconds(between, ours));
            }
            differences.add(mine.get(i) - other.get(i));
        }
        return new Turns(Samples.of(mine), Samples.of(other), Samples.of(differences));
    }

    private static double milliseconds(Run between, Run timed) throws Exception {
        between.run();
        long start = System.nanoTime();
        timed.run();
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    /** How the medians stand to one another. */
    double ratio() {
        return ours.median() / theirs.median();
    }
}
