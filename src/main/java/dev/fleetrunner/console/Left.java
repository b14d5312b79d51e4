package dev.fleetrunner.console;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskResult.TestFailure;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import dev.fleetrunner.files.Shown;
import dev.fleetrunner.web.Address;
import java.util.List;

/**
 * What a task left behind, in words.
 *
 * @param tests how many tests failed, and of how many; null without test reports
 * @param coverage null without coverage reports
 * @param failures the first tests that failed
 * @param files the first files, to be downloaded
 * @param more how many files are not shown
 */
record Left(String tests, String coverage, List<Failure> failures, List<File> files, int more) {
    private static final int FAILURES = 20;
    private static final int FILES = 50;

    /** A test that failed; what is not known is null. */
    record Failure(String name, String place, String message) {
        static Failure of(TestFailure failure) {
            String line = failure.line() == null ? "" : ":" + failure.line();
            return new Failure(
                    failure.name(),
                    failure.file() == null ? failure.suite() : failure.file() + line,
                    failure.message());
        }
    }

    /** A file and where it is to be had. */
    record File(String name, String href, String size) {}

    /**
     * @param result null as long as there is none
     */
    static Left of(String taskId, TaskResult result, List<ArtifactFile> files) {
        TestSummary tests = result == null ? null : result.tests();
        return new Left(
                tests == null ? null : words(tests),
                result == null || result.coverage() == null
                        ? null
                        : result.coverage().linePercent() + " % of the lines are covered.",
                tests == null
                        ? List.of()
                        : tests.failures().stream()
                                .limit(FAILURES)
                                .map(Failure::of)
                                .toList(),
                files.stream().limit(FILES).map(file -> file(taskId, file)).toList(),
                Math.max(0, files.size() - FILES));
    }

    private static String words(TestSummary tests) {
        String skipped = tests.skipped() == 0 ? "" : ", " + tests.skipped() + " skipped";
        return tests.total() + " tests: " + tests.passed() + " passed, " + tests.failed() + " failed" + skipped + ".";
    }

    private static File file(String taskId, ArtifactFile file) {
        return new File(Shown.of(file.path()), Address.ofArtifact(taskId, file.path()), Words.bytes(file.size()));
    }
}
