package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskResult.TestFailure;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import dev.fleetrunner.contract.TaskResult.TestTime;
import dev.fleetrunner.secret.Masking;
import java.util.List;

/** A result without the task's secrets: every text that others than this service have a hand in. */
final class MaskedResult {
    private MaskedResult() {}

    static TaskResult of(TaskResult result, Masking masking) {
        return new TaskResult(
                result.id(),
                result.status(),
                result.phase(),
                result.exitCode(),
                cause(result.cause(), masking),
                tests(result.tests(), masking),
                result.coverage(),
                // Names of files lead to the files, which are the task's own and kept as they are.
                result.captured(),
                texts(result.notes(), masking),
                texts(result.deniedHosts(), masking),
                metadata(result.metadata(), masking));
    }

    static Cause cause(Cause cause, Masking masking) {
        return cause == null
                ? null
                : new Cause(
                        cause.code(), masking.text(cause.message()), masking.text(cause.remedy()), cause.retryable());
    }

    private static List<String> texts(List<String> texts, Masking masking) {
        return texts.stream().map(masking::text).toList();
    }

    private static TestSummary tests(TestSummary tests, Masking masking) {
        return tests == null
                ? null
                : new TestSummary(
                        tests.total(),
                        tests.passed(),
                        tests.failed(),
                        tests.skipped(),
                        tests.durationSec(),
                        tests.failures().stream()
                                .map(failure -> failure(failure, masking))
                                .toList(),
                        tests.slowest().stream()
                                .map(test -> new TestTime(masking.text(test.name()), test.durationSec()))
                                .toList());
    }

    private static TestFailure failure(TestFailure failure, Masking masking) {
        return new TestFailure(
                masking.text(failure.name()),
                masking.text(failure.suite()),
                masking.text(failure.file()),
                failure.line(),
                masking.text(failure.message()),
                masking.text(failure.details()));
    }

    private static Metadata metadata(Metadata told, Masking masking) {
        return new Metadata(
                told.runtime(),
                masking.text(told.runtimeReason()),
                told.containerId(),
                told.imageDigest(),
                told.queuedAt(),
                told.startedAt(),
                told.finishedAt(),
                told.duration(),
                told.cpuSeconds(),
                told.peakMemoryBytes(),
                told.enforced(),
                told.owner(),
                masking.text(told.caseId()),
                masking.text(told.taskId()));
    }
}
