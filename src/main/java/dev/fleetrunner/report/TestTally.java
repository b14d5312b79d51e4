package dev.fleetrunner.report;

import dev.fleetrunner.contract.TaskResult.TestFailure;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import dev.fleetrunner.contract.TaskResult.TestTime;
import dev.fleetrunner.report.TestRun.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/** Adds up tests, however many; keeps the first failures and the slowest. */
final class TestTally {
    static final int MAX_FAILURES = 100;
    private static final int MAX_SLOWEST = 10;

    private final PriorityQueue<TestTime> slowest =
            new PriorityQueue<>(MAX_SLOWEST + 1, Comparator.comparingDouble(TestTime::durationSec));
    private final List<TestFailure> failures = new ArrayList<>();
    private final List<TestFailure> messengers = new ArrayList<>();
    private final List<ReportTable.Row> rows = new ArrayList<>();
    private final int mostRows;
    private long total;
    private long failed;
    private long skipped;
    private double seconds;

    /** Of no test by its name. */
    TestTally() {
        this(0);
    }

    /** @param mostRows how many tests are listed one by one */
    TestTally(int mostRows) {
        this.mostRows = mostRows;
    }

    void add(TestRun test) {
        if (test.role() == Role.SUITE) {
            return;
        }
        total++;
        if (rows.size() < mostRows) {
            rows.add(new ReportTable.Row(
                    Failures.name(test),
                    test.suite(),
                    test.outcome().name().toLowerCase(Locale.ROOT),
                    Seconds.rounded(test.seconds())));
        }
        switch (test.outcome()) {
            case FAILED -> {
                failed++;
                List<TestFailure> list = test.role() == Role.MESSENGER ? messengers : failures;
                if (list.size() < MAX_FAILURES) {
                    list.add(Failures.describe(test));
                }
            }
            case SKIPPED -> skipped++;
            case PASSED -> {}
        }
        if (test.role() == Role.LEAF) {
            time(test);
        }
    }

    /** Duration of a whole report. */
    void took(double more) {
        seconds += more;
    }

    long total() {
        return total;
    }

    List<ReportTable.Row> rows() {
        return rows;
    }

    /** How many failures the summary counts but does not list. */
    long unlisted() {
        return failed - Math.min(MAX_FAILURES, failures.size() + messengers.size());
    }

    TestSummary summary() {
        List<TestFailure> listed = new ArrayList<>(failures);
        listed.addAll(messengers.subList(0, Math.min(messengers.size(), MAX_FAILURES - failures.size())));
        List<TestTime> times = new ArrayList<>(slowest);
        times.sort(Comparator.comparingDouble(TestTime::durationSec).reversed().thenComparing(TestTime::name));
        return new TestSummary(
                count(total),
                count(total - failed - skipped),
                count(failed),
                count(skipped),
                Seconds.rounded(seconds),
                listed,
                times);
    }

    private void time(TestRun test) {
        double took = Seconds.rounded(test.seconds());
        if (took > 0 && (slowest.size() < MAX_SLOWEST || took > slowest.peek().durationSec())) {
            slowest.add(new TestTime(Failures.name(test), took));
            if (slowest.size() > MAX_SLOWEST) {
                slowest.remove();
            }
        }
    }

    private static int count(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }
}
