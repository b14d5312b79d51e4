package dev.fleetrunner.console.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.cases.Changes.Change;
import dev.fleetrunner.contract.Captured;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskResult.Coverage;
import dev.fleetrunner.contract.TaskResult.TestFailure;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import dev.fleetrunner.contract.TaskStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final Captured CAPTURED = null;

    private static TaskResult result(Integer exitCode, double seconds, Double coverage, TestSummary tests) {
        boolean passed = exitCode != null && exitCode == 0;
        var metadata = new Metadata(
                "podman", "named", "c", "sha256:1", null, null, null, seconds, null, null, null, "ci", "case", null);
        return new TaskResult(
                "t",
                passed ? TaskStatus.PASSED : TaskStatus.FAILED,
                Phase.DONE,
                exitCode,
                passed ? null : CauseCode.EXIT_NONZERO.because("it ended with " + exitCode),
                tests,
                coverage == null ? null : new Coverage(coverage),
                CAPTURED,
                List.of(),
                List.of(),
                metadata);
    }

    private static TestSummary tests(int total, String... failed) {
        return new TestSummary(
                total,
                total - failed.length,
                failed.length,
                0,
                1,
                Arrays.stream(failed)
                        .map(name -> new TestFailure(name, "Suite", null, null, "no", null))
                        .toList(),
                List.of());
    }

    private static List<String> words(TaskResult earlier, TaskResult later) {
        return Changes.between(earlier, later).stream()
                .map(change -> change.kind() + ": " + change.words())
                .toList();
    }

    @Test
    void alikeIsNoChange() {
        assertThat(Changes.between(result(0, 10, 80.0, tests(3)), result(0, 11, 80.0, tests(3))))
                .isEmpty();
    }

    @Test
    void anOutcomeGetsBetterOrWorse() {
        assertThat(words(result(1, 1, null, null), result(0, 1, null, null)))
                .containsExactly("better: failed (EXIT_NONZERO, exit code 1) → passed");
        assertThat(words(result(0, 1, null, null), result(2, 1, null, null)))
                .containsExactly("worse: passed → failed (EXIT_NONZERO, exit code 2)");
        assertThat(words(result(1, 1, null, null), result(2, 1, null, null)))
                .containsExactly("different: failed (EXIT_NONZERO, exit code 1) → failed (EXIT_NONZERO, exit code 2)");
    }

    @Test
    void testsAreToldByName() {
        assertThat(words(result(1, 1, null, tests(5, "a", "b")), result(1, 1, null, tests(6, "b", "c"))))
                .containsExactly(
                        "worse: failing now: Suite c", "better: failing no more: Suite a", "different: 5 → 6 tests");
    }

    @Test
    void manyNamesAreCut() {
        assertThat(words(result(1, 1, null, tests(9)), result(1, 1, null, tests(9, "a", "b", "c", "d", "e", "f"))))
                .containsExactly("worse: failing now: Suite a, Suite b, Suite c, Suite d, Suite e and 1 more");
    }

    @Test
    void coverageAndTimeAreToldWhereTheyDiffer() {
        assertThat(words(result(0, 2, 80.25, null), result(0, 9, 81.5, null)))
                .containsExactly("better: coverage 80.25 % → 81.5 %", "worse: took 2 s → 9 s");
        assertThat(Changes.between(result(0, 0.1, null, null), result(0, 0.9, null, null)))
                .extracting(Change::words)
                .isEmpty();
    }
}
