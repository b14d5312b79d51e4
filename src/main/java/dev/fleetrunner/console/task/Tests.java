package dev.fleetrunner.console.task;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskResult.TestFailure;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the reports say, the tests that failed first.
 *
 * @param words how many tests failed, and of how many; null without test reports
 * @param coverage null without coverage reports
 * @param failures those that failed
 * @param slowest the tests that took longest
 */
record Tests(String words, String coverage, List<Failure> failures, List<Slow> slowest) {
    /** So many are shown opened. */
    private static final int OPENED = 5;

    /**
     * A test that failed; what is not known is null.
     *
     * @param place file and line, or its suite
     * @param open whether it is shown at once
     */
    record Failure(String name, String place, String message, String details, boolean open) {}

    /** A test and how long it took. */
    record Slow(String name, String lasted) {}

    /**
     * @param result null as long as there is none
     */
    static Tests of(TaskResult result) {
        TestSummary tests = result == null ? null : result.tests();
        String coverage = result == null || result.coverage() == null
                ? null
                : Words.decimal(result.coverage().linePercent()) + " % of the lines are covered.";
        if (tests == null) {
            return new Tests(null, coverage, List.of(), List.of());
        }
        List<TestFailure> failed = tests.failures();
        return new Tests(
                words(tests),
                coverage,
                IntStream.range(0, failed.size())
                        .mapToObj(i -> failure(failed.get(i), i < OPENED))
                        .toList(),
                tests.slowest().stream()
                        .map(test -> new Slow(test.name(), String.format(Locale.ROOT, "%.2f s", test.durationSec())))
                        .toList());
    }

    private static Failure failure(TestFailure test, boolean open) {
        String line = test.line() == null ? "" : ":" + test.line();
        return new Failure(
                test.name(),
                test.file() == null ? test.suite() : test.file() + line,
                test.message(),
                test.details(),
                open);
    }

    private static String words(TestSummary tests) {
        String skipped = tests.skipped() == 0 ? "" : ", " + tests.skipped() + " skipped";
        return tests.total() + " tests: " + tests.passed() + " passed, " + tests.failed() + " failed" + skipped + ".";
    }
}
